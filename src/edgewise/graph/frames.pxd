# In place of frames.py, where compiled code asks: without an attribute's look-up, and without a frame of its own.
cdef extern from *:
    """
    static CYTHON_INLINE PyObject *edgewise_running_frame(void) {
        PyObject *frame = (PyObject *)PyEval_GetFrame();
        if (frame == NULL) frame = Py_None;
        Py_INCREF(frame);
        return frame;
    }
    #define edgewise_code_of(frame) ((PyObject *)PyFrame_GetCode((PyFrameObject *)(frame)))
    #define edgewise_instruction_of(frame) PyFrame_GetLasti((PyFrameObject *)(frame))
    """
    object running_frame "edgewise_running_frame" ()
    object code_of "edgewise_code_of" (object frame)
    int instruction_of "edgewise_instruction_of" (object frame)
