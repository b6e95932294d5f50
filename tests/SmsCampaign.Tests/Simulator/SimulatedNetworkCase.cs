using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using SmsCampaign.Simulator;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Simulator;

/// <summary>Carriers that answer on this machine, and a client that sends to them.</summary>
public abstract class SimulatedNetworkCase : IDisposable
{
    /// <summary>71 characters with diacritics: two parts.</summary>
    private protected static readonly string TwoParts = new('ă', 71);

    private protected readonly HttpClient _http = new(new SocketsHttpHandler());
    private protected readonly FakeTimeProvider _time = new();
    private protected readonly ReceiptCatcher _catcher = new();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _catcher.Dispose();
        _http.Dispose();
    }

    private protected async Task<List<string>> FatesAsync(int seed, string[] references)
    {
        await using var network = await SimulatedNetwork.StartAsync(
            new SimulatorOptions(
                seed,
                [new SimulatedCarrierOptions("a") { RefusedShare = 0.3, ResetShare = 0.2, ThrottledShare = 0.2 }]),
            _time);
        var fates = new List<string>();
        foreach (var reference in references)
        {
            try
            {
                var answer = await SendAsync(network, reference);
                var code = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code");
                fates.Add($"{reference} {(int)answer.StatusCode} {code}");
            }
            catch (HttpRequestException)
            {
                fates.Add($"{reference} reset");
            }
        }

        return fates;
    }

    private protected async Task<string> InquireAsync(SimulatedNetwork network, string reference)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>(
            new Uri(network.Address, $"/a/inquiry?reference={reference}"));
        return $"{answer.GetProperty("status")} {(answer.TryGetProperty("id", out var id) ? id : "")}";
    }

    private protected Task<SimulatedNetwork> StartAsync(params SimulatedCarrierOptions[] carriers) =>
        SimulatedNetwork.StartAsync(new SimulatorOptions(1, carriers, _catcher.Url), _time);

    private protected Task<HttpResponseMessage> SendAsync(
        SimulatedNetwork network,
        string reference,
        string text = "xin chao",
        string to = "84900000001",
        string carrier = "a") =>
        _http.PostAsJsonAsync(UrlOf(network, carrier), Sms(reference, text, to));

    private protected static object Sms(string reference, string text = "xin chao", string to = "84900000001") =>
        new { reference, to, text };

    private protected static Uri UrlOf(SimulatedNetwork network, string carrier = "a") =>
        new(network.Address, $"/{carrier}/messages");

    private protected static (int Requests, int Messages, int Parts, int Taken) CountsOf(SimulatedNetwork network)
    {
        var stats = network.Stats().Of("a");
        return ((int)stats.Requests, (int)stats.Messages, (int)stats.Parts, (int)stats.Taken);
    }
}
