using System.Net.Http.Json;
using System.Text.Json;
using SmsCampaign.App;
using SmsCampaign.App.Commands;
using SmsCampaign.Installations;
using SmsCampaign.Simulator;

namespace SmsCampaign.Tests.App.Commands;

public sealed class SimulateCommandTests : IDisposable
{
    readonly StringWriter _output = new();
    readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task It_runs_the_carriers_of_the_file_shipped_until_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        using var http = new HttpClient(new SocketsHttpHandler());
        var said = new Awaited("http://127.0.0.1:");
        var running = CommandLine.RunAsync(
            ["simulate", "--port", "0", "--refused", "100"],
            new Terminal(said, _errors, Language.English, false),
            stop.Token);

        var address = new Uri((await said.Line.WaitAsync(TimeSpan.FromSeconds(30))).Split(" run at ")[1].Split(',')[0]);
        foreach (var lane in Installation.Read(Support.Repository.PathOf(
            "config/smscampaign.json")).Installation!.Lanes)
        {
            var answer = await http.PostAsJsonAsync(
                new Uri(address, $"{lane.Name}/messages"), new { reference = "r1", to = "84900000001", text = "x" });
            Assert.NotEqual(
                "queued", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
        }

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await running);
        Assert.Contains("Stopped: 0 messages", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_help_shows_no_default_that_nobody_could_give()
    {
        Assert.Equal(ExitCode.Done, await RunAsync("simulate", "--help"));

        Assert.Contains("--rate <số>", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("-1", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_said_so()
    {
        await using var other = await SimulatedNetwork.StartAsync(new SimulatorOptions(1, []), TimeProvider.System);

        Assert.Equal(ExitCode.CouldNot, await RunAsync("simulate", "--port", $"{other.Address.Port}"));
        Assert.Contains(
            $"Cổng mạng {other.Address.Port} đang được chương trình khác dùng",
            _errors.ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port", "65536")]
    [InlineData("--seed", "-1")]
    [InlineData("--refused", "101")]
    [InlineData("--failed", "5%")]
    [InlineData("--resets", "1,5")] // a comma is no decimal point, whatever the region
    [InlineData("--receipts", "http://gateway.example/")] // a stand-in speaks to this machine only
    public async Task An_option_that_makes_no_sense_is_named(string option, string value)
    {
        Assert.Equal(ExitCode.CouldNot, await RunAsync("simulate", option, value));
        Assert.Contains(option, _errors.ToString(), StringComparison.Ordinal);
    }

    Task<int> RunAsync(params string[] args) =>
        CommandLine.RunAsync(args, new Terminal(_output, _errors, Language.Vietnamese, false), CancellationToken.None);

    /// <summary>Tells when a line with the words has been written.</summary>
    sealed class Awaited(string words) : StringWriter
    {
        readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(words, StringComparison.Ordinal) is true)
                _line.TrySetResult(value);
        }
    }
}
