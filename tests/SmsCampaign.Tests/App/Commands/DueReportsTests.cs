using SmsCampaign.Office;
using SmsCampaign.Storage.Registry;

namespace SmsCampaign.Tests.App.Commands;

public sealed class DueReportsTests
{
    static readonly DateOnly Due = new(2025, 9, 30);

    [Theory]
    [InlineData(18, "Báo cáo (hạn 30/09/2025): còn 12 ngày", "Report (by 2025-09-30): 12 days left")]
    [InlineData(29, "Báo cáo (hạn 30/09/2025): còn 1 ngày", "Report (by 2025-09-30): 1 day left")]
    [InlineData(30, "Báo cáo (hạn 30/09/2025): hạn là hôm nay", "Report (by 2025-09-30): due today")]
    [InlineData(33, "Báo cáo (hạn 30/09/2025): QUÁ HẠN 3 ngày", "Report (by 2025-09-30): OVERDUE by 3 days")]
    public void A_report_that_is_owed_says_how_long_there_is(int day, string vi, string en)
    {
        var line = DueReportWords.Line(new DueReport("", Due, null), new DateOnly(2025, 9, 1).AddDays(day - 1));

        Assert.Equal((vi, en), (line.In(Language.Vietnamese), line.In(Language.English)));
    }

    [Fact]
    public void A_report_that_is_handed_in_says_by_which_document_and_who_recorded_it()
    {
        var line = DueReportWords.Line(
            new DueReport("10/9", new DateOnly(2025, 9, 10), new ReportSubmission
            {
                Run = "a/2025-07-30",
                Report = "10/9",
                Document = "45/BC-SKHCN",
                On = new DateOnly(2025, 9, 9),
                RecordedBy = "Trần Thị B",
                ByOs = "b@may",
                At = "",
            }),
            new DateOnly(2026, 1, 1));

        Assert.Equal(
            "Báo cáo định kỳ 10/9 (hạn 10/09/2025): đã nộp theo văn bản 45/BC-SKHCN ngày 09/09/2025, ghi bởi "
                + "Trần Thị B",
            line.In(Language.Vietnamese));
    }
}
