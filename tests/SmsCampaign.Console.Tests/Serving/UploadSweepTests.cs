using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Uploads;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>What killed processes have left of uploads.</summary>
public sealed class UploadSweepTests : IDisposable
{
    readonly TempFolder _folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_goes_a_day_later_while_the_pages_are_served_and_what_is_in_use_stays()
    {
        var (data, time) = (
            new DataFolder(_folder.File("data")), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var (left, own) = (Path.Combine(data.Root, "uploads", "left"), FormUpload.NewFolder(data));
        foreach (var folder in new[] { left, own })
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, "danh-sach.csv"), "0961234567\n", Stop);
        }

        var place = new ConsolePlace(
            data, Repository.PathOf("config/smscampaign.json"), new Uri("http://127.0.0.1:0"), Language.Vietnamese);
        using var sweep = new UploadSweep(place, time);
        await sweep.StartAsync(Stop);
        Assert.True(Directory.Exists(left));

        for (var hours = 0; Directory.Exists(left); hours++)
        {
            Assert.True(hours < 1_000_000);
            time.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        Assert.True(Directory.Exists(own));
        await sweep.StopAsync(Stop);
        FormUpload.Remove(own);
        Assert.False(Directory.Exists(own));
    }
}
