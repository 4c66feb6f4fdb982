"""上传: a workbook from upload to plan, put right on the way. Nothing takes effect here."""
