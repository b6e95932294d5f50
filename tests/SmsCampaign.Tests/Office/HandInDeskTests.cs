using System.Globalization;
using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Orders;

namespace SmsCampaign.Tests.Office;

/// <summary>Which reports are owed on a run, who is reminded of them, and that they were handed in.</summary>
public sealed class HandInDeskTests : IDisposable
{
    readonly HeldFolder _held = new();
    readonly ReportCauses _causes = new();

    public HandInDeskTests() =>
        _held.Edit("campaign.yaml", "reportBy: 2025-09-30", "reportBy: 2025-09-30\n  reports: [10/3, 10/9]");

    public void Dispose() => _held.Dispose();

    HandInDesk Desk => new(_held.Data, _held.Time);

    [Fact]
    public void Nothing_is_owed_before_a_run_is_approved()
    {
        Assert.IsType<HandInResult.NotOwed>(Desk.Record(HeldFolder.Officer, HeldFolder.Key, new("1/BC", null, null)));

        _held.Approve();

        Assert.Equal(
            [("10/9", "2025-09-10"), ("", "2025-09-30"), ("10/3", "2026-03-10")],
            Read().Select(report => (report.Report, report.Due.ToSql())));
        Assert.All(Read(), report => Assert.Equal(DueState.Open, report.StateOn(new DateOnly(2025, 7, 10))));
    }

    [Theory]
    [InlineData("2025-09-15", null)]
    [InlineData("2025-09-16", "14")]
    [InlineData("2025-09-22", "14")]
    [InlineData("2025-09-23", "7")]
    [InlineData("2025-09-29", "1")]
    [InlineData("2025-09-30", "1")]
    [InlineData("2025-10-01", "overdue")]
    [InlineData("2025-10-30", "overdue")]
    [InlineData("2025-10-31", null)] // who has not heard by now need not
    public void It_is_reminded_14_7_and_1_days_before_and_when_overdue(string day, string? stage)
    {
        _held.Approve();
        Record(null, "2/BC", "10/9");
        SetTime(day);

        Assert.Equal(
            stage is null ? [] : [$"{HeldFolder.Key} 2025-09-30 {stage}"],
            Find().Select(alert => alert.About));
    }

    [Fact]
    public void Each_is_raised_once_ever_and_none_once_it_is_handed_in()
    {
        _held.Approve();
        _held.Registry.SetState(HeldFolder.Key, RunState.Finished, _held.Time.GetUtcNow());
        var reader = NewReader();
        foreach (var day in (string[])["2025-08-27", "2025-08-28", "2025-09-01"])
        {
            SetTime(day);
            reader.Look();
            NewReader().Look(); // and after a restart
        }

        Assert.Equal([$"{HeldFolder.Key} 2025-09-10 14"], Raised());

        Record("2025-09-01", "45/BC-SKHCN", "10/9");
        SetTime("2025-09-09");
        reader.Look();

        Assert.Single(Raised());
    }

    [Fact]
    public void What_was_handed_in_stands_with_its_document_and_in_the_audit_chain()
    {
        _held.Approve();

        var recorded = Assert.IsType<HandInResult.Recorded>(Record(null, " 45/BC-SKHCN ", "10/09"));

        Assert.Null(recorded.Before);
        Assert.Equal(
            ("10/9", "45/BC-SKHCN", new DateOnly(2025, 7, 10), "Trần Thị B", "binh@may-chu"),
            (recorded.Report.Report, recorded.Report.Submission!.Document, recorded.Report.Submission.On,
                recorded.Report.Submission.RecordedBy, recorded.Report.Submission.ByOs));
        Assert.Equal(DueState.Submitted, recorded.Report.StateOn(new DateOnly(2027, 1, 1)));
        Assert.Null(Read().Single(report => report.Report.Length == 0).Submission);
        Assert.True(_held.Registry.Audit.Verify(ledgers: true).Holds);

        using (var db = SqliteDb.Open(_held.Data.Ledger))
            db.Execute("update report_submission set document = '46'");
        Assert.All(Read(), report => Assert.Null(report.Submission));
        Assert.False(_held.Registry.Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public void Another_document_takes_the_place_of_the_one_before_visibly_and_the_same_is_refused()
    {
        _held.Approve();
        Record(null, "45/BC", null);

        Assert.IsType<HandInResult.Already>(Record(null, "45/BC", null));
        var again = Assert.IsType<HandInResult.Recorded>(Record(null, "47/BC", null));

        Assert.Equal(("45/BC", "47/BC"), (again.Before!.Document, again.Report.Submission!.Document));
        Assert.Equal(2, _held.Registry.Reports.Read(HeldFolder.Key).Count);
    }

    [Fact]
    public void What_cannot_be_recorded_is_refused_by_what_is_wrong()
    {
        _held.Approve();

        Assert.IsType<HandInResult.NoName>(
            Desk.Record(HeldFolder.Officer with { Person = "" }, HeldFolder.Key, new("1/BC", null, null)));
        Assert.IsType<HandInResult.NoDocument>(Record(null, " ", null));
        Assert.IsType<HandInResult.InFuture>(Record("2025-07-11", "1/BC", null));
        Assert.Equal(
            ["10/9", "10/3"],
            Assert.IsType<HandInResult.NoSuchReport>(Record(null, "1/BC", "10/12")).There.Select(each => each.Report));
        Assert.Empty(_held.Registry.Reports.Read());
    }

    HandInResult Record(string? on, string document, string? report) => Desk.Record(
        HeldFolder.Officer, HeldFolder.Key, new(document, on is null ? null : Day(on), report));

    IReadOnlyList<DueReport> Read() => DueReport.Read(_held.Registry, _held.Registry.Find(HeldFolder.Key)!);

    List<Alert> Find() =>
        [.. _causes.Find(_held.Registry, _held.Time.GetUtcNow()).Select(cause => cause.Alert)];

    List<string> Raised() =>
    [
        .. _held.Registry.Alerts.Read(DateTimeOffset.UnixEpoch)
            .Where(raised => raised.Alert.Kind == AlertKind.ReportDue)
            .Select(raised => raised.Alert.About),
    ];

    AlertReader NewReader() =>
        new(_held.Data, _held.Registry, _held.Files.Installation, new ProcessClock(_held.Time));

    static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    void SetTime(string day) => _held.Time.SetUtcNow(
        new DateTimeOffset(Day(day), new TimeOnly(9, 0), TimeSpan.FromHours(7)));
}
