using System.Text;
using SmsCampaign.Office;
using SmsCampaign.Office.Causes;
using SmsCampaign.Reports;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Reports;

/// <summary>Whose files with numbers in full are, where a campaign has several runs.</summary>
[Trait("Category", "Slow")]
public sealed class UnmaskedFilesTests : IDisposable
{
    const string Digits = "8498123456";
    static readonly RunKey First = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);
    static readonly RunKey Second = First with { Date = new DateOnly(2025, 7, 31) };
    static readonly RunKey Rehearsed = First with { Simulated = true };
    static readonly Who Officer = Who.Here("Nguyễn Văn A");

    readonly PreparationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    DataFolder Data => _folder.Data;

    IRegistry Registry => Ledgers.OpenRegistry(Data);

    ReportDesk Reports => new(Data, _folder.Time);

    string Base => Data.UnmaskedReports(First, yearly: false, live: false);

    [Fact]
    public void A_run_whose_report_came_to_lie_elsewhere_since_loses_its_own_files_and_no_other_run_does()
    {
        PrepareTwo();
        var second = Export(Second, Path.Combine(Data.Root, "noi-khac"));
        Assert.Equal(Base, second);
        Reports.Write(Officer, First, Language.Vietnamese, Reports.PlacesOf(First), export: null);
        var first = Export(First);

        var done = Assert.IsType<PurgeResult.Done>(Purge(Second));

        Assert.Equal(3, done.Step.Counts.Files);
        Assert.Empty(FilesIn(second));
        Assert.Equal(3, FilesIn(first).Length);
        Assert.Equal(FilesIn(first).Order(), done.Copies
            .Select(copy => copy.Path)
            .Where(path => path.StartsWith(Base, StringComparison.Ordinal))
            .Order());

        Assert.Equal(3, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.Empty(Directory.GetFiles(Data.UnmaskedFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Files_of_two_runs_never_lie_in_one_folder_and_each_run_keeps_its_own()
    {
        Assert.NotNull(_folder.Prepare(simulated: true).Run);
        PrepareTwo();

        RunKey[] runs = [First, Rehearsed, Second];
        var places = runs.Select(run => Export(run)).ToList();

        Assert.Equal([Base, Path.Combine(Base, "2025-07-30", "mo-phong"), Path.Combine(Base, "2025-07-31")], places);
        Assert.Equal(places, runs.Select(run => Reports.PlacesOf(run).Unmasked));
        Assert.Equal(places, runs.Select(run => Export(run)));
        Assert.Equal(places, runs.Select(run => Path.ChangeExtension(Pack(run), null)));
        Assert.All(runs.Zip(places), each => Assert.Contains(
            $"\"{each.First}\"", File.ReadAllText(UnmaskedMark.Of(each.Second)), StringComparison.Ordinal));

        Assert.Equal(4, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.Empty(FilesIn(Base));
        Assert.All(places[1..], place => Assert.True(FilesIn(place).Length == 3 && File.Exists(place + ".zip")));
        Assert.Equal(4, Assert.IsType<PurgeResult.Done>(Purge(Rehearsed)).Step.Counts.Files);
        Assert.Equal(4, Assert.IsType<PurgeResult.Done>(Purge(Second)).Step.Counts.Files);
        Assert.Empty(Directory.GetFiles(Data.UnmaskedFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_run_that_was_planned_again_owns_what_was_written_of_it_before()
    {
        Assert.NotNull(_folder.Prepare().Run);
        var place = Export(First);
        WriteMark(place, First, "cu1");

        Assert.Equal(place, Export(First));
        Assert.Contains(
            $"\"{Registry.Find(First)!.Code}\"", File.ReadAllText(UnmaskedMark.Of(place)), StringComparison.Ordinal);
        WriteMark(place, First, "cu1");

        End(First);
        Assert.Equal(3, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
    }

    [Fact]
    public void Whose_they_are_stands_there_before_the_first_of_them()
    {
        Assert.NotNull(_folder.Prepare().Run);

        var place = Export(First);

        Assert.All(FilesIn(place), file => Assert.True(
            File.GetLastWriteTimeUtc(UnmaskedMark.Of(place)) <= File.GetCreationTimeUtc(file), file));
    }

    [Fact]
    public void Where_none_of_them_comes_to_be_written_no_folder_stays()
    {
        Assert.NotNull(_folder.Prepare().Run);
        using (var db = SqliteDb.Open(Data.Run(First)))
            db.Execute("alter table exclusion rename to away");
        var export = new UnmaskedExport(Base) { Owner = UnmaskedPlaces.Of(Data, First) };

        Assert.ThrowsAny<LedgerException>(() => RunReport.Write(
            Data.AddressOf(First),
            Path.Combine(Data.Root, "noi-khac"),
            new ReportOptions(Language.Vietnamese, export)));

        Assert.Empty(Directory.GetFileSystemEntries(Data.UnmaskedFolder));
    }

    [Fact]
    public void Where_it_cannot_be_written_whose_they_are_none_of_them_is()
    {
        Assert.NotNull(_folder.Prepare().Run);
        foreach (var place in new[] { Base, Path.Combine(Base, "2025-07-30") })
            Directory.CreateDirectory(UnmaskedMark.Of(place));

        var places = Reports.PlacesOf(First);
        var outcome = Reports.Write(Officer, First, Language.Vietnamese, places, places.Export);

        var refused = Assert.IsType<ReportFolderException>(Assert.IsType<ReportOutcome.Unwritable>(outcome).Why);
        Assert.Contains(UnmaskedMark.Of(places.Unmasked), refused.Words.Vi, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Data.UnmaskedFolder, "*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(places.Report));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Run\":\"thu-nghiem\",\"Code\":\"x\"}")]
    [InlineData("{\"Run\":\"thu-nghiem/2025-07-30\"}")]
    public void Where_it_cannot_be_read_whose_they_are_all_else_is_erased_and_it_is_not_done(string written)
    {
        Assert.NotNull(_folder.Prepare().Run);
        var mark = UnmaskedMark.Of(Export(First));
        var own = File.ReadAllText(mark);
        End(First);
        File.WriteAllText(mark, written);

        var cut = Assert.IsType<PurgeResult.CutOff>(Purge(First));

        Assert.Contains($"CHƯA xóa tệp nào trong {Base}. Không đọc được {mark}", cut.Why.Vi, StringComparison.Ordinal);
        Assert.Equal(3, FilesIn(Base).Length);
        Assert.Equal(PurgeState.Begun, Registry.Find(First)!.Purge);
        Assert.DoesNotContain(Digits, Encoding.ASCII.GetString(File.ReadAllBytes(Data.Run(First))),
            StringComparison.Ordinal);
        var alert = Assert.Single(PurgeCauses.Find(Registry, _folder.Time.GetUtcNow())).Alert;
        Assert.Contains(mark, alert.Detail.Vi, StringComparison.Ordinal);

        File.WriteAllText(mark, own);
        Assert.Equal(3, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.Empty(PurgeCauses.Find(Registry, _folder.Time.GetUtcNow()));
    }

    [Fact]
    public void A_run_that_is_erased_is_told_day_by_day_of_what_it_cannot_delete_since()
    {
        Assert.NotNull(_folder.Prepare().Run);
        var place = Export(First);
        End(First);
        Purge(First);
        Directory.CreateDirectory(place);
        File.WriteAllText(UnmaskedMark.Of(place), "?");

        var done = Assert.IsType<PurgeResult.Done>(Purge(First));

        Assert.Contains(UnmaskedMark.Of(place), Assert.Single(done.Stale).Vi, StringComparison.Ordinal);
        var left = Assert.Single(Registry.Purges.ReadLeft());
        Assert.Contains(UnmaskedMark.Of(place), left.Stale!.Value.Vi, StringComparison.Ordinal);
    }

    /// <summary>Both had such files written, at other times; what a version before left has no mark.</summary>
    [Theory]
    [InlineData("chi-tiet.csv")]
    [InlineData("loai-tru.csv")]
    public void Files_of_before_the_marks_say_by_for_whom_and_when_they_were_exported_of_which_run_they_are(string kept)
    {
        PrepareTwo();
        Unmark(Export(First));
        _folder.Time.Advance(TimeSpan.FromMinutes(1));
        var second = Export(Second);
        Assert.NotEqual(Base, second);
        Directory.Delete(second, recursive: true);
        foreach (var file in FilesIn(Base).Where(file => Path.GetFileName(file) != kept))
            File.Delete(file);

        Assert.Equal(0, Assert.IsType<PurgeResult.Done>(Purge(Second)).Step.Counts.Files);
        Assert.Single(FilesIn(Base));
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.Empty(FilesIn(Base));
    }

    [Fact]
    public void Files_of_before_the_marks_of_two_runs_in_one_folder_go_each_with_its_own()
    {
        PrepareTwo();
        Unmark(Export(First));
        var code = Registry.Find(Second)!.Code;
        var uncertain = Path.Combine(Base, "chua-ro.csv");
        File.WriteAllText(uncertain, $"STT,Số điện thoại,Mã tin\r\n1,84981234561,{code}-a\r\n");

        Assert.Equal(2, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.Equal([uncertain], FilesIn(Base));
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Purge(Second)).Step.Counts.Files);
    }

    [Fact]
    public void Of_what_says_nothing_and_may_be_anothers_it_is_told_that_it_stays()
    {
        PrepareTwo();
        Pack(First);
        Unmark(Base);
        Pack(Second);
        var zip = Base + ".zip";

        var cut = Assert.IsType<PurgeResult.CutOff>(Purge(First));

        Assert.Contains($"CHƯA xóa {zip}", cut.Why.Vi, StringComparison.Ordinal);
        Assert.Contains($"NOT deleted: {zip}", cut.Why.En, StringComparison.Ordinal);
        Assert.True(File.Exists(zip));
        File.Delete(zip);
        Assert.IsType<PurgeResult.Done>(Purge(First));
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Purge(Second)).Step.Counts.Files);
    }

    [Fact]
    public void What_says_nothing_is_of_the_only_run_of_which_such_files_were_ever_written()
    {
        PrepareTwo();
        var zip = Pack(First);
        Unmark(Base);

        Assert.Equal(0, Assert.IsType<PurgeResult.Done>(Purge(Second)).Step.Counts.Files);
        Assert.True(File.Exists(zip));
        Assert.Equal(zip, Pack(First));
        Unmark(Base);
        Assert.Equal(1, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);
        Assert.False(File.Exists(zip));
    }

    [Fact]
    public void Another_runs_report_under_way_neither_keeps_a_run_from_being_erased_nor_loses_its_lock()
    {
        PrepareTwo();
        Export(First);
        var second = Export(Second);
        using var writing = new ReportFolder(second);

        Assert.Equal(3, Assert.IsType<PurgeResult.Done>(Purge(First)).Step.Counts.Files);

        Assert.Throws<IOException>(() => new ReportFolder(second));
    }

    [Fact]
    public void Numbers_in_full_are_put_into_the_programs_own_folder_by_the_program_alone()
    {
        PrepareTwo();
        Export(First);
        foreach (var named in new[] { Base, Path.Combine(Data.UnmaskedFolder, "rieng") })
        {
            var places = Reports.PlacesOf(Second, unmasked: named);
            foreach (var export in new[] { places.Export, places.ToArchive("mật khẩu đủ dài") })
            {
                var outcome = Reports.Write(Officer, Second, Language.Vietnamese, places, export);
                Assert.IsType<ReportFolderException>(Assert.IsType<ReportOutcome.Unwritable>(outcome).Why);
            }

            Assert.False(Directory.Exists(places.Report) || Directory.Exists(Path.Combine(named, "2025-07-31")));
        }

        Assert.Equal(3, FilesIn(Base).Length);
        var usb = Path.Combine(Path.GetDirectoryName(Data.Root)!, "usb");
        var elsewhere = Reports.PlacesOf(Second, unmasked: usb);
        Reports.Write(Officer, Second, Language.Vietnamese, elsewhere, elsewhere.Export);
        Assert.Equal(3, Directory.GetFiles(usb).Length);
    }

    void PrepareTwo()
    {
        Assert.NotNull(_folder.Prepare().Run);
        End(First);
        _folder.Edit("campaign.yaml", "date: 2025-07-30", "date: 2025-07-31");
        Assert.NotNull(_folder.Prepare().Run);
        End(Second);
    }

    /// <summary>As a run that is over, of which nothing was delivered.</summary>
    void End(RunKey run)
    {
        using (var db = SqliteDb.Open(Data.Run(run)))
        {
            db.Execute(
                "insert or replace into state (seq, status, failure, settled_us) select seq, 6, 1, 1 from message");
        }

        SomeRun.Recount(Data.Run(run));
        Registry.SetState(run, RunState.Finished, _folder.Time.GetUtcNow());
    }

    /// <returns>The folder they were written to.</returns>
    string Export(RunKey run, string? report = null)
    {
        var places = Reports.PlacesOf(run, report);
        Assert.IsType<ReportOutcome.Written>(
            Reports.Write(Officer, run, Language.Vietnamese, places, places.Export));
        return places.Unmasked;
    }

    /// <returns>The zip.</returns>
    string Pack(RunKey run)
    {
        var places = Reports.PlacesOf(run);
        Assert.IsType<ReportOutcome.Written>(Reports.Write(
            Officer, run, Language.Vietnamese, places, places.ToArchive("mật khẩu đủ dài")));
        return places.Archive;
    }

    PurgeResult Purge(RunKey run)
    {
        if (!Registry.Find(run)!.State.IsOver())
            End(run);
        return new PurgeDesk(Data, _folder.Time).Purge(Officer, run, "hết hạn lưu");
    }

    static void Unmark(string folder) => File.Delete(UnmaskedMark.Of(folder));

    static void WriteMark(string folder, RunKey run, string code) =>
        File.WriteAllText(UnmaskedMark.Of(folder), $$"""{"Run":"{{run}}","Code":"{{code}}"}""");

    static string[] FilesIn(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.csv") : [];
}
