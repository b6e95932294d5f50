using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage;

public sealed class RunRegistryTests : IDisposable
{
    static readonly DateTimeOffset Now = new(2025, 7, 1, 2, 0, 0, TimeSpan.Zero);
    static readonly RunKey Key = new("dak-lak-2025", new DateOnly(2025, 7, 30), false);

    readonly TempFolder _folder = new();
    readonly IRegistry _registry;

    public RunRegistryTests() => _registry = Ledgers.OpenRegistry(new DataFolder(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_is_found_by_key_and_by_code()
    {
        _registry.AddRun(Run(), Now);
        _registry.SetState(Key, RunState.Sending, Now);

        Assert.Equal(RunState.Sending, _registry.Find(Key)!.State);
        Assert.Equal(Key, _registry.FindByCode("abcd2345")!.ToKey());
        Assert.Null(_registry.Find(Key with { Simulated = true }));
    }

    [Fact]
    public void A_newer_approval_replaces_the_one_before()
    {
        _registry.Approve(Approval("11", null));
        _registry.Approve(Approval("22", null));

        Assert.Equal("22", _registry.FindApproval("dak-lak-2025", Key.Date)!.Hash);
        Assert.Equal("được thay bằng phê duyệt mới", _registry.ReadApprovals("dak-lak-2025")[1].VoidReasonVi);
    }

    [Fact]
    public void An_approval_of_one_date_does_not_serve_another()
    {
        _registry.Approve(Approval("11", "2025-07-30"));

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date.AddYears(1)));
        Assert.NotNull(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    [Fact]
    public void A_voided_approval_no_longer_stands()
    {
        _registry.Approve(Approval("11", null));
        _registry.VoidApproval(1, new Wording("tệp đã đổi", "file changed"), Now);

        Assert.Null(_registry.FindApproval("dak-lak-2025", Key.Date));
    }

    [Fact]
    public void Decisions_keep_due_time_actual_time_and_reason()
    {
        var decision = new Decision(Key, Now, Now.AddHours(6), DecisionKind.Late, new Wording("máy tắt", "machine was off"));
        _registry.Record(decision);

        Assert.Equal(decision with { ByOs = OsUser.Current }, Assert.Single(_registry.ReadDecisions("dak-lak-2025")));
    }

    [Fact]
    public void Only_one_process_at_a_time_may_send()
    {
        var data = new DataFolder(_folder.Path);
        using (var first = SendingLock.TryTake(data, TimeProvider.System))
        {
            Assert.NotNull(first);
            Assert.Null(SendingLock.TryTake(data, TimeProvider.System));
        }

        using var rehearsal = SendingLock.TryTake(data, TimeProvider.System, simulated: true);
        Assert.NotNull(rehearsal);
        using var second = SendingLock.TryTake(data, TimeProvider.System);
        Assert.NotNull(second);
    }

    static Approval Approval(string hash, string? date) => new()
    {
        Campaign = "dak-lak-2025",
        Date = date,
        Hash = hash,
        ApprovedBy = "Nguyễn Văn A",
        At = Now.ToSql(),
    };

    static RunRecord Run() => new()
    {
        Key = Key.ToString(),
        Campaign = Key.Campaign,
        Date = Key.DateText,
        Code = "abcd2345",
        File = "runs/x.db",
        CampaignFile = "/c.yaml",
        Definition = "id: x",
        DefinitionHash = "a",
        AudienceHash = "b",
        PlanHash = "c",
    };
}
