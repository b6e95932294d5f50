using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Sqlite;
using SmsCampaign.Tests.Storage.Backups;

namespace SmsCampaign.Tests.Office;

/// <summary>What whoever takes a backup or puts one back is answered, without a terminal.</summary>
public sealed class BackupDeskTests : BackupCase
{
    static readonly Who Engineer = new("Trần Thị B", "b", "cong-van");

    [Fact]
    public void What_is_taken_is_told_file_by_file()
    {
        _folder.Prepare();

        var taken = Assert.IsType<BackupResult.Taken>(Desk.Take(Copy));

        Assert.Equal(["ledger.db", "runs/thu-nghiem-2025-07-30.db"], taken.Manifest.Files.Select(file => file.Name));
        Assert.Equal(_folder.Time.GetUtcNow(), taken.Manifest.At);
        Assert.Empty(taken.Elsewhere);
    }

    [Fact]
    public void A_run_whose_row_leads_out_of_the_data_folder_is_told_as_not_in_it()
    {
        _folder.Prepare();
        Execute(Data.Ledger, "update run set file = '../elsewhere.db'");

        var taken = Assert.IsType<BackupResult.Taken>(Desk.Take(Copy));

        Assert.Contains("elsewhere.db", Assert.Single(taken.Elsewhere).Vi, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_to_copy_and_a_folder_that_is_there_are_refused_and_make_nothing()
    {
        var nothing = Assert.IsType<BackupResult.Refused>(Desk.Take(Copy));
        Assert.Contains("chưa có gì để sao lưu", nothing.Why.Vi, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Data.Root));

        _folder.Prepare();
        Directory.CreateDirectory(Copy);
        var there = Assert.IsType<BackupResult.Refused>(Desk.Take(Copy));
        Assert.Contains("đã có", there.Why.Vi, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Copy));
    }

    [Fact]
    public void Who_puts_one_back_and_why_are_asked_for_before_anything_is_looked_at()
    {
        Assert.IsType<RestoreResult.NoName>(Desk.PutBack(Engineer with { Person = " " }, "hỏng đĩa", Copy));
        Assert.IsType<RestoreResult.NoReason>(Desk.PutBack(Engineer, " ", Copy));
        Assert.False(Directory.Exists(Data.Root));
    }

    [Fact]
    public void What_is_put_back_bears_the_account_of_who_asked_in_the_chain_of_records()
    {
        _folder.Prepare();
        Desk.Take(Copy);
        Directory.Delete(Data.Marks, recursive: true);
        _folder.Time.Advance(TimeSpan.FromHours(23));

        var done = Assert.IsType<RestoreResult.Done>(Desk.PutBack(Engineer, "hỏng đĩa", Copy)).Restored;

        Assert.Equal(PreparedAt, done.BackupAt);
        // Its window is open by now, and without the marks nobody knows what was handed over since.
        Assert.Equal([(Key, 3L)], done.Runs.Select(run => (run.Key, run.Declared)));
        Assert.True(File.Exists(Path.Combine(done.SetAside!, "ledger.db")));
        using var db = SqliteDb.Open(Data.Ledger, readOnly: true);
        var record = db.ReadText("select who || ' ' || by_os || ': ' || detail from event where what = 'restore'")!;
        Assert.StartsWith("Trần Thị B b@cong-van: ", record, StringComparison.Ordinal);
        Assert.EndsWith(". hỏng đĩa", record, StringComparison.Ordinal);
        Assert.True(Ledgers.OpenRegistry(Data).Audit.Verify(ledgers: true).Holds);
    }

    [Fact]
    public void While_somebody_sends_and_from_what_is_no_backup_nothing_is_put_back()
    {
        _folder.Prepare();
        Desk.Take(Copy);
        using (SendingLock.TryTake(Data, _folder.Time))
        {
            var busy = Assert.IsType<RestoreResult.Refused>(Desk.PutBack(Engineer, "hỏng đĩa", Copy));
            Assert.Contains("đang gửi", busy.Why.Vi, StringComparison.Ordinal);
        }

        var none = Assert.IsType<RestoreResult.Refused>(Desk.PutBack(Engineer, "hỏng đĩa", Copy + "-khac"));

        Assert.Contains("không phải bản sao lưu", none.Why.Vi, StringComparison.Ordinal);
        Assert.DoesNotContain("restore", ReadEvents(), StringComparison.Ordinal);
    }

    static DateTimeOffset PreparedAt => SmsCampaign.Tests.Planning.PreparationFolder.MorningBefore;

    BackupDesk Desk => new(Data, _folder.Time);
}
