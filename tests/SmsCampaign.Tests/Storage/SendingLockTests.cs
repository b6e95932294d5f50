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
}
