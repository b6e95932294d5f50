using SmsCampaign.Alerts;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Alerts;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Office;

/// <summary>What persons are told as the worker ends, past the queue that lies in the folder that cannot be
/// used.</summary>
public sealed class LastAlertTests : AlertCase
{
    static readonly LedgerException Full = new(new Wording("đầy", "full")) { Fault = StorageFault.DiskFull };
    static readonly LedgerException Broken = new(new Wording("hỏng", "broken")) { Fault = StorageFault.Damaged };

    readonly string _told;

    public LastAlertTests()
    {
        Machine.NeedsUnix("a shell script");
        _told = _folder.File("told");
        _settings.Command = new HookSettings
        {
            Path = "/bin/sh",
            Arguments = ["-c", $"cat >> {_told}; echo >> {_told}"],
        };
    }

    DataFolder Data => new(_folder.Path);

    [Fact]
    public async Task That_the_disk_is_full_is_told_urgently_with_what_to_do()
    {
        var delivery = Assert.Single(await new LastAlert(Data, _settings, _time).TellAsync(Full));

        Assert.Null(delivery.Trouble);
        var alert = delivery.Alert.Alert;
        Assert.Equal((AlertKind.WorkerEnded, AlertSeverity.Urgent), (alert.Kind, alert.Severity));
        var told = Assert.Single(Told());
        Assert.Contains("\"kind\":\"worker-ended\"", told, StringComparison.Ordinal);
        Assert.Contains($"Đĩa chứa thư mục dữ liệu {Data.Root} đã đầy.", told, StringComparison.Ordinal);
        Assert.Contains("systemctl start sms-campaign", told, StringComparison.Ordinal);
        Assert.Empty(Book.Read(_time.GetUtcNow())); // not in the queue as well
    }

    [Fact]
    public async Task It_is_told_once_a_process_and_once_an_hour_however_often_that_is_started_again()
    {
        var first = new LastAlert(Data, _settings, _time);
        await first.TellAsync(Full);
        await first.TellAsync(Broken);
        for (var again = 0; again < 3; again++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await new LastAlert(Data, _settings, _time).TellAsync(Full);
        }

        Assert.Single(Told());
        await new LastAlert(Data, _settings, _time).TellAsync(Broken); // another cause
        Assert.Equal(2, Told().Length);

        var lived = new LastAlert(Data, _settings, _time);
        _time.Advance(TimeSpan.FromMinutes(20)); // mended since, and full again
        await lived.TellAsync(Full);
        Assert.Equal(3, Told().Length);

        _time.Advance(_settings.RemindEvery);
        await new LastAlert(Data, _settings, _time).TellAsync(Full);
        Assert.Equal(4, Told().Length);
    }

    [Fact]
    public async Task What_could_not_be_told_is_told_by_the_next_process()
    {
        _settings.Command!.Arguments = ["-c", "exit 3"];
        Assert.NotNull(Assert.Single(await new LastAlert(Data, _settings, _time).TellAsync(Full)).Trouble);

        _settings.Command.Arguments = ["-c", "exit 0"];
        Assert.Null(Assert.Single(await new LastAlert(Data, _settings, _time).TellAsync(Full)).Trouble);
    }

    [Fact]
    public async Task One_that_hangs_holds_the_end_up_for_seconds_and_no_more()
    {
        _settings.Command!.Arguments = ["-c", $"echo > {_told}; exec sleep 1000"];
        var telling = new LastAlert(Data, _settings, _time).TellAsync(Full);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_told), Patience.ForAnything));

        Assert.False(telling.IsCompleted);
        _time.Advance(LastAlert.Patience);

        Assert.Empty(await telling.WaitAsync(Patience.ForAnything));
    }

    [Fact]
    public async Task A_fault_of_the_program_is_not_told_so_nor_is_anything_where_nobody_is_named()
    {
        Assert.Empty(await new LastAlert(Data, _settings, _time).TellAsync(new InvalidOperationException("x")));
        Assert.Empty(await new LastAlert(Data, new AlertSettings(), _time).TellAsync(Full));
    }

    string[] Told() => File.ReadAllLines(_told);
}
