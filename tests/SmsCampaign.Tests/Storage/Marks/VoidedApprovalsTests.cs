using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Planning;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage.Marks;

/// <summary>Where the list of voided approvals, outside the data folder, cannot be read or written: a folder
/// stands in its place.</summary>
public sealed class VoidedApprovalsTests : IDisposable
{
    static readonly RunKey Key = new("thu-nghiem", new DateOnly(2025, 7, 30), Simulated: false);

    readonly PreparationFolder _folder = new();
    readonly IRegistry _registry;

    public VoidedApprovalsTests()
    {
        var planned = _folder.Prepare().Planned!;
        _registry = Ledgers.OpenRegistry(_folder.Data);
        _registry.Approve(new Approval
        {
            Campaign = Key.Campaign,
            Date = Key.DateText,
            Hash = planned.ApprovedHash,
            ApprovedBy = "A",
            At = _folder.Time.GetUtcNow().ToSql(),
        });
        _registry.SetState(Key, RunState.Approved, _folder.Time.GetUtcNow());
        Assert.NotNull(_registry.FindApproval(Key.Campaign, Key.Date));
        Directory.CreateDirectory(Path.Combine(_folder.Data.Marks, "approvals.void"));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_cannot_be_read_is_no_empty_list_nothing_is_sent_and_it_is_said()
    {
        Assert.Null(_registry.FindApproval(Key.Campaign, Key.Date));
        Assert.Contains(
            "Không đọc được danh sách phê duyệt đã hết hiệu lực",
            _registry.Audit.KeyTrouble!.Value.Vi,
            StringComparison.Ordinal);

        foreach (var verb in new[] { "status", "audit verify", $"approve {_folder.CampaignFile} --by B" })
        {
            using var shown = new StringWriter();
            string[] all = [.. verb.Split(' '), "--data", _folder.Data.Root, "--installation", _folder.Installation];
            var exit = await CommandLine.RunAsync(
                all,
                new Terminal(shown, shown, Language.Vietnamese, false) { Time = _folder.Time },
                CancellationToken.None);

            Assert.NotEqual(ExitCode.Done, exit);
            Assert.Contains(
                "Không đọc được danh sách phê duyệt đã hết hiệu lực",
                Shown.Flat(shown.ToString()),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_written_is_said_and_nothing_is_voided_by_half()
    {
        var failed = Assert.Throws<LedgerException>(() => _registry.VoidApproval(
            _registry.ReadApprovals()[0].Id, new Wording("vì", "why"), _folder.Time.GetUtcNow()));

        var words = StorageFaults.Describe(failed, _folder.Data)!.Value.Vi;
        Assert.Contains("approvals.void", words, StringComparison.Ordinal);
        Assert.Contains("chưa ghi được rằng một phê duyệt hết hiệu lực", words, StringComparison.Ordinal);
        EnglishWords.AssertNone(words);
        Assert.Null(_registry.ReadApprovals()[0].VoidedAt);
    }
}
