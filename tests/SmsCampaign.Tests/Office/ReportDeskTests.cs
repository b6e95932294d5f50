using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.App.Worker;

namespace SmsCampaign.Tests.Office;

/// <summary>Who gets numbers in full, without a terminal.</summary>
public sealed class ReportDeskTests : OfficerVerbsCase
{
    static readonly Who Officer = new("Trần Thị B", "b", "cong-van");

    ReportDesk Desk => new(_data, TimeProvider.System);

    [Fact]
    public async Task Who_asked_for_numbers_in_full_stands_in_the_record_with_the_account()
    {
        await ApproveAsync();
        var places = Desk.PlacesOf(Key);

        var outcome = Desk.Write(Officer, Key, Language.Vietnamese, places, places.Export);

        Assert.True(Assert.IsType<ReportOutcome.Written>(outcome).Report.Balance.Holds);
        Assert.Equal("Trần Thị B|report-unmasked|b@cong-van", ReadEvent());
        Assert.All(Directory.GetFiles(places.Unmasked, "*.csv"), file =>
        {
            var rows = File.ReadAllLines(file);
            Assert.EndsWith(",Xuất cho", rows[0], StringComparison.Ordinal);
            Assert.All(
                rows[1..],
                row => Assert.Contains(",\"Trần Thị B (b@cong-van), ", row, StringComparison.Ordinal));
        });
    }

    [Fact]
    public async Task Nobody_and_a_folder_that_is_passed_on_are_refused_by_name_and_nothing_is_written()
    {
        await ApproveAsync();
        var places = Desk.PlacesOf(Key);
        var within = Desk.PlacesOf(Key, unmasked: Path.Combine(places.Report, "x"));

        var nobody = Desk.Write(Officer with { Person = "" }, Key, Language.Vietnamese, places, places.Export);
        var together = Desk.Write(Officer, Key, Language.Vietnamese, within, within.Export);

        Assert.IsType<ReportOutcome.NoName>(nobody);
        Assert.Equal(within, Assert.IsType<ReportOutcome.NotApart>(together).Places);
        Assert.Null(ReadEvent());
        Assert.False(Directory.Exists(places.Report));
    }

    [Fact]
    public async Task A_report_without_numbers_in_full_needs_nobody_by_name()
    {
        await ApproveAsync();

        Assert.IsType<ReportOutcome.Written>(
            Desk.Write(Who.Here(null), Key, Language.English, Desk.PlacesOf(Key), export: null));
        Assert.Null(ReadEvent());
    }

    [Fact]
    public async Task Ported_numbers_are_refused_by_name_of_what_is_wrong()
    {
        await ApproveAsync();
        var there = _folder.Write("co-san.csv", "");

        var findings = PortedDesk.Check(Officer with { Person = " " }, there);
        var refused = new PortedDesk(_data, TimeProvider.System).Write(Officer, _folder.File("none/x.csv"), []);

        Assert.Equal([new PortedFinding.NoName(), new PortedFinding.IsThere(there)], findings);
        Assert.Equal(
            [new PortedFinding.NoFolder(_folder.File("none/x.csv"))],
            Assert.IsType<PortedResult.Refused>(refused).Findings);
        Assert.Null(ReadEvent());
    }

    [Fact]
    public async Task What_was_declared_meanwhile_is_not_declared_again()
    {
        await ApproveAsync();
        await CrashAsync();
        var desk = new LossDesk(_data, _installation, TimeProvider.System);
        var seen = new SmsCampaign.Storage.Marks.RunFile(
            Key, RunAddress.OfFile(Ledger), SmsCampaign.Storage.Marks.RunFileState.Behind, "", 0, null);

        Assert.Equal(new LossResult.Changed(Key), desk.Declare(Officer, "đĩa hỏng", seen, CancellationToken.None));
        Assert.Equal(
            new LossResult.NoName(),
            desk.Declare(Officer with { Person = "" }, "đĩa hỏng", seen, CancellationToken.None));
        Assert.Equal(new LossResult.NoReason(), desk.Declare(Officer, "", seen, CancellationToken.None));
        Assert.Null(ReadEvent());
    }

    string? ReadEvent()
    {
        using var db = SqliteDb.Open(_data.Ledger, readOnly: true);
        return db.ReadText("select who || '|' || what || '|' || by_os from event where what <> 'report-written'");
    }
}
