"""What teams lay on the table, as workbooks made for A4: goal sheets and monthly reports in, bytes out."""
