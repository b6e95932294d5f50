using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Storage;
using SmsCampaign.Tests.Support;
using SmsCampaign.WebConsole.Live;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.Tests.WebConsole.Live;

/// <summary>How old what is shown may be.</summary>
public sealed class WatchtowerTests : IDisposable
{
    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 7, 30, 8, 0, 0, TimeSpan.FromHours(7)));
    readonly Watchtower _tower;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public WatchtowerTests() => _tower = new Watchtower(
        new ConsolePlace(
            new DataFolder(_folder.File("data")),
            _folder.File("smscampaign.json"),
            new Uri("http://127.0.0.1:0"),
            Language.Vietnamese),
        _time);

    public void Dispose()
    {
        _tower.Dispose();
        _folder.Dispose();
    }

    /// <summary>With the second between two questions, what another changed is on a page within two.</summary>
    [Theory]
    [InlineData(0.59, true)]
    [InlineData(0.6, false)]
    public async Task What_was_looked_at_is_shown_again_for_a_moment_only(double seconds, bool isSame)
    {
        var first = await _tower.LookAsync(Stop);

        _time.Advance(TimeSpan.FromSeconds(seconds));
        var second = await _tower.LookAsync(Stop);

        Assert.Equal(isSame, ReferenceEquals(first, second));
    }

    [Fact]
    public async Task What_was_looked_at_before_something_was_done_is_not_shown_again()
    {
        var before = await _tower.LookAsync(Stop);

        _tower.Forget();

        Assert.NotSame(before, await _tower.LookAsync(Stop));
    }
}
