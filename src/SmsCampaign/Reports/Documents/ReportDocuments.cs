namespace SmsCampaign.Reports.Documents;

/// <summary>Writes the documents of a report from its model: bao-cao.xlsx, bao-cao.html and bao-cao.docx.</summary>
static class ReportDocuments
{
    /// <param name="workbook">With its long tables ended; null where none is asked for.</param>
    public static void Write(ReportFolder report, ReportModel model, ReportWorkbook? workbook)
    {
        workbook?.End(model);
        if (model.Options.Documents.HasFlag(ReportDocumentKinds.Page))
            Write(ReportPage.Name, new ReportPage(model).ToBytes());
        if (model.Options.Documents.HasFlag(ReportDocumentKinds.Letter))
            Write(ReportLetter.Name, ReportLetter.Write(model.InVietnamese()));

        void Write(string name, byte[] content)
        {
            using var file = report.CreateFile(name);
            file.Write(content);
        }
    }
}
