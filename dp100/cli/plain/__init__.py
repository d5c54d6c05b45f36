"""Line dialogues for screen readers, plain terminals and scripts: nothing but lines in and lines out."""
