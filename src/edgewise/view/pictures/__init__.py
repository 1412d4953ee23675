"""Pictures of 𝒢 and ℬ: what is drawn, where it stands, and the formats that keep it."""
