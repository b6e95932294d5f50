using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Office;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Campaigns;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Serving;
using SmsCampaign.WebConsole.Uploads;

namespace SmsCampaign.Tests.WebConsole.Serving;

/// <summary>Readings of lists that do not end when they are stopped.</summary>
public sealed class ListReadingsTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    readonly ManualResetEventSlim _share = new();
    readonly ConsolePlace _place;
    readonly ListReadings _readings;

    public ListReadingsTests()
    {
        _place = new ConsolePlace(
            new DataFolder(_folder.File("data")),
            Repository.PathOf("config/smscampaign.json"),
            new Uri("http://127.0.0.1:0"),
            Language.Vietnamese)
        {
            Campaigns = _folder.File("campaigns"),
        };
        _readings = new ListReadings(_place, _time);
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _share.Set();
        _readings.Dispose();
        _folder.Dispose();
        _share.Dispose();
    }

    [Fact]
    public async Task One_that_is_stopped_says_so_and_lets_the_next_begin_where_it_does_not_end()
    {
        var began = new TaskCompletionSource();
        _readings.Reads = _ =>
        {
            began.SetResult();
            _share.Wait(Stop);
        };
        var dead = _readings.Read("mot", Lists("mot"));
        await began.Task.WaitAsync(Stop);
        _readings.Reads = new ListReader(_place, _time).Read;
        var next = _readings.Read("hai", Lists("hai"));
        Assert.Equal(ListReadingState.Waiting, next.View.State);

        _readings.Stop("mot", dead.Id);
        Assert.Equal((ListReadingState.Stopping, false), (dead.View.State, dead.View.IsOver));
        while (!next.Over.IsCompleted)
            await PassAsync();

        Assert.Equal(ListReadingState.Done, next.View.State);
        Assert.Equal(ListReadingState.Stopping, dead.View.State);
        _share.Set();
        await dead.Over.WaitAsync(Stop);
    }

    [Fact]
    public async Task Of_those_that_do_not_end_few_are_left_behind()
    {
        var began = Channel.CreateUnbounded<ListReading>();
        _readings.Reads = reading =>
        {
            began.Writer.TryWrite(reading);
            _share.Wait(Stop);
        };
        List<string> names = ["mot", "hai", "ba", "bon"];
        var all = names.ConvertAll(name => _readings.Read(name, Lists(name)));
        for (var left = 0; left < 3; left++)
        {
            ListReading? next;
            while (!began.Reader.TryRead(out next))
                await PassAsync();
            _readings.Stop(next.Campaign, next.Id);
        }

        for (var passed = 0; passed < 1_000; passed++)
            await PassAsync();
        Assert.False(began.Reader.TryRead(out _));
        Assert.Single(all, each => each.View.State == ListReadingState.Waiting);

        _share.Set();
        await began.Reader.ReadAsync(Stop);
        await Task.WhenAll(all.Select(each => each.Over)).WaitAsync(Stop);
    }

    [Fact]
    public async Task Of_one_that_fails_or_is_stopped_nothing_stays_on_the_disk()
    {
        foreach (var thrown in new Exception[]
        {
            new NoRoomException(new Wording("hết chỗ", "no room")), new OperationCanceledException(),
        })
        {
            _readings.Reads = reading =>
            {
                Directory.CreateDirectory(reading.Folder);
                File.WriteAllText(Path.Combine(reading.Folder, "loai-tru.tam"), "x");
                throw thrown;
            };

            var reading = _readings.Read("mot", Lists("mot"), anew: true);
            await reading.Over.WaitAsync(Stop);

            Assert.False(Directory.Exists(reading.Folder));
            Assert.Equal(
                thrown is NoRoomException ? (ListReadingState.Failed, "hết chỗ") : (ListReadingState.Stopped, null),
                (reading.View.State, reading.View.Trouble?.Vi));
        }
    }

    async Task PassAsync()
    {
        _time.Advance(ListReadings.Grace);
        await Task.Yield();
    }

    CampaignLists Lists(string campaign)
    {
        _folder.Write($"campaigns/{campaign}/campaign.yaml", CampaignFolder.With("id: thu-nghiem", $"id: {campaign}"));
        _folder.Write($"campaigns/{campaign}/subscribers.csv", "SĐT,Xã/Phường\n0961234567,Ea Bung\n");
        _folder.Write($"campaigns/{campaign}/tu-choi.csv", "Số điện thoại\n");
        return new ListDesk(new CampaignFolders(_place.Campaigns), _place.Installation, _place.Data, _time)
            .Find(campaign)!;
    }
}
