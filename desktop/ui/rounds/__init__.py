"""填报轮次 on the screen: begin one, send its workbooks, see who answered."""
