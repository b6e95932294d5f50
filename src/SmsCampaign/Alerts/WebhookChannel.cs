using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace SmsCampaign.Alerts;

/// <summary>Tells an address by POST, signed so that it knows who tells it.</summary>
sealed class WebhookChannel(WebhookSettings settings, TimeProvider time) : IAlertChannel
{
    public const string SignatureHeader = "X-SmsCampaign-Signature";
    public const string TimeHeader = "X-SmsCampaign-Time";

    public async Task SendAsync(
        IReadOnlyList<AlertMessage> messages, Action<int, Wording?> done, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        for (var at = 0; at < messages.Count; at++)
        {
            var (trouble, isAway) = await SendAsync(http, messages[at], cancellationToken);
            done(at, trouble);

            // Where nobody answers the next is not tried: it would take as long again.
            while (isAway && ++at < messages.Count)
                done(at, trouble);
        }
    }

    /// <returns>What kept it from being told; and whether nobody answers.</returns>
    async Task<(Wording? Trouble, bool IsAway)> SendAsync(
        HttpClient http, AlertMessage message, CancellationToken cancellationToken)
    {
        var host = settings.Url!.Authority;
        using var limit = new CancellationTokenSource(settings.TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url);
            var body = AlertJson.Of(message);
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
            var moment = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            request.Headers.Add(TimeHeader, moment);
            request.Headers.Add(SignatureHeader, Sign(settings.Secret, moment, body));
            using var response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return (
                response.IsSuccessStatusCode ? null : new Wording(
                    $"{host} trả lời HTTP {(int)response.StatusCode}", $"HTTP {(int)response.StatusCode} from {host}"),
                false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var limited = Figures.Duration(settings.TimeLimit);
            return (new Wording(
                $"{host} không trả lời trong {limited}", $"no answer from {host} within {limited}"), true);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException)
        {
            return (new Wording(
                $"không kết nối được {host} ({FaultWords.Of(failed)})",
                $"no connection to {host} ({FaultWords.Of(failed)})"), true);
        }
    }

    /// <param name="moment">Seconds since 1970: whoever checks it refuses what is old.</param>
    public static string Sign(string secret, string moment, byte[] body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(moment + "."), .. body];
        return "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
    }
}
