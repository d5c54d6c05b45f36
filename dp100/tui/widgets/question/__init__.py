"""How a question is shown and answered: one pad for each way of answering, and the view that holds it."""
