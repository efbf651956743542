"""What is made, judged by the validators that the trade uses."""
