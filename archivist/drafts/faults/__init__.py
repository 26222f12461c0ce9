"""What is wrong with a template that officers edited in Word, said at the paragraph where it is (模板检查)."""
