using System.Text.Json;
using SmsCampaign.Alerts;
using SmsCampaign.Storage.Registry;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Alerts;

/// <summary>What a program of this machine gets.</summary>
public sealed class HookChannelTests : AlertCase
{
    [Fact]
    public async Task It_gets_the_json_on_its_standard_input_its_arguments_and_no_secret()
    {
        Environment.SetEnvironmentVariable("SMS_CAMPAIGN_TEST_SECRET", "bi-mat");
        var (told, arguments, environment) = (_folder.File("told"), _folder.File("arguments"), _folder.File("env"));

        Assert.Null(await SendAsync(
            $"cat > {told}; echo \"$1\" > {arguments}; env > {environment}", ["a b"]));

        Assert.Equal(
            "lane-stopped",
            JsonDocument.Parse(await File.ReadAllTextAsync(told)).RootElement.GetProperty("kind").GetString());
        Assert.Equal("a b\n", await File.ReadAllTextAsync(arguments));
        Assert.DoesNotContain("bi-mat", await File.ReadAllTextAsync(environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_fails_has_not_taken_it_and_one_that_does_not_read_may_have()
    {
        var trouble = await SendAsync("cat > /dev/null; exit 3");

        Assert.EndsWith(" kết thúc với mã 3", trouble?.Vi, StringComparison.Ordinal);
        Assert.Null(await SendAsync("exit 0"));
    }

    [Fact]
    public async Task One_that_says_much_is_not_held_up() =>
        Assert.Null(await SendAsync("head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; cat > /dev/null"));

    [Fact]
    public async Task One_that_is_not_there_is_said()
    {
        var channel = new HookChannel(new HookSettings { Path = _folder.File("none") }, _time);

        var trouble = Assert.Single(await SendAsync(channel, Message()));

        Assert.StartsWith($"không chạy được lệnh {_folder.File("none")} (", trouble?.Vi, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_takes_too_long_is_killed_with_all_it_began()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("a shell script");

        var alive = _folder.File("alive");
        PipeFile.Make(alive);
        var (channel, message) = (Channel($"exec 3> {alive}; echo here >&3; sleep 1000 & wait"), Message());
        var sending = SendAsync(channel, message, message);
        using var holders = new StreamReader(await Task.Run(() => File.OpenRead(alive)));
        Assert.Equal("here", await holders.ReadLineAsync());

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.All(await sending, trouble => Assert.EndsWith(
            "chưa xong sau 10 giây nên bị ngắt", trouble?.Vi, StringComparison.Ordinal)); // the second is not tried
        Assert.Null(await holders.ReadLineAsync().WaitAsync(Patience.ForAnything)); // nobody holds it any more
    }

    [Fact]
    public async Task One_that_cannot_be_killed_with_all_it_began_is_said_and_breaks_nothing()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("a shell script");

        var alive = _folder.File("alive");
        PipeFile.Make(alive);
        var channel = new HookChannel(
            new HookSettings { Path = "/bin/sh", Arguments = ["-c", $"echo here > {alive}; exec sleep 1000"] }, _time)
        {
            Kill = process =>
            {
                process.Kill();
                throw new AggregateException();
            },
        };
        var sending = SendAsync(channel, Message());
        Assert.Equal("here\n", await File.ReadAllTextAsync(alive));

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.EndsWith(
            "chưa xong sau 10 giây và không ngắt được hết",
            Assert.Single(await sending)?.Vi,
            StringComparison.Ordinal);
    }

    async Task<Wording?> SendAsync(string script, params IReadOnlyList<string> arguments)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("a shell script");

        return Assert.Single(await SendAsync(Channel(script, arguments), Message()));
    }

    HookChannel Channel(string script, params IReadOnlyList<string> arguments) => new(
        new HookSettings { Path = "/bin/sh", Arguments = ["-c", script, "hook", .. arguments] }, _time);

    AlertMessage Message()
    {
        Raise(Some());
        return AlertMessage.Of(
            Book.Read(Eight)[0], AlertNews.Raised, 0, Receiver("An"), Place, Language.Vietnamese, Eight);
    }
}
