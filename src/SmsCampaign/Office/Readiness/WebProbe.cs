using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SmsCampaign.Carriers;

namespace SmsCampaign.Office.Readiness;

/// <summary>Follows nothing, keeps nothing, and goes by no proxy.</summary>
sealed class WebProbe : IWebProbe
{
    readonly GatewayProbe _probe = new();

    public async Task<WebAnswer> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var way = await _probe.ReachAsync(address, cancellationToken);
        if (way is not Reach.Open)
            return new WebAnswer(null, "", way);

        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = UntrustedCertificateException.Check,
            },
        })
        {
            Timeout = TimeSpan.FromSeconds(15),
        };
        try
        {
            using var answer = await http.GetAsync(
                address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new WebAnswer((int)answer.StatusCode, await BeginningOf(answer, cancellationToken), way);
        }
        catch (Exception lost) when (
            lost is HttpRequestException or IOException
            || (lost is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new WebAnswer(null, "", new Reach.NoConnection(FaultWords.Of(lost)));
        }
    }

    public bool IsFree(Uri listen)
    {
        var address = IPAddress.TryParse(listen.Host.Trim('[', ']'), out var numeric) ? numeric : IPAddress.Loopback;
        try
        {
            using var trial = new TcpListener(address, listen.Port) { ExclusiveAddressUse = true };
            trial.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static async Task<string> BeginningOf(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var bytes = new byte[OwnAnswers.MostBytes];
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var read = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(bytes, 0, read);
    }
}
