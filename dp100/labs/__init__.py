"""Hands-on labs: preparing, running, checking and watching them.

``shelf`` finds the labs that come with the program, ``folder`` starts one in a folder of the learner's, ``running``
runs what the learner wrote, ``checking`` tells which steps hold, ``bench`` puts these together, ``watching`` does so
at every save and ``verifying`` proves a lab. ``work`` and ``seen`` are what a lab's own check.py is written with.
"""
