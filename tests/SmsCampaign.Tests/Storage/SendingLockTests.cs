using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Storage;

public sealed class SendingLockTests : IDisposable
{
    readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

    [Fact]
    public void Whoever_has_it_is_told_with_the_time_of_vietnam_in_both_languages()
    {
        var data = new DataFolder(_folder.Path);
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 7, 30, 1, 0, 0, TimeSpan.Zero));
        using var held = SendingLock.TryTake(data, time);

        var words = SendingLock.DescribeHolder(data);

        Assert.Equal($"tiến trình số {Environment.ProcessId}, từ 30/07/2025 08:00", words.Vi);
        Assert.StartsWith($"process {Environment.ProcessId}, since ", words.En, StringComparison.Ordinal);
        File.WriteAllText(data.LockHolderOf(simulated: false), "");
        Assert.Equal("?", SendingLock.DescribeHolder(data).Vi);
    }
}
