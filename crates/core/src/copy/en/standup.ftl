# standup
