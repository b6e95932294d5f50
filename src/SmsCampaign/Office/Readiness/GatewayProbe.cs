using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using SmsCampaign.Carriers;

namespace SmsCampaign.Office.Readiness;

/// <summary>By a connection of its own, over which nothing is asked.</summary>
sealed class GatewayProbe : IGatewayProbe
{
    /// <summary>Longest wait for each stretch: name, connection, TLS.</summary>
    static readonly TimeSpan Stretch = TimeSpan.FromSeconds(10);

    public async Task<Reach> ReachAsync(Uri address, CancellationToken cancellationToken)
    {
        IPAddress[] found;
        try
        {
            found = await WithinAsync(
                token => Dns.GetHostAddressesAsync(address.IdnHost, token), cancellationToken);
        }
        catch (Exception nameless) when (nameless is SocketException or TimeoutException or ArgumentException)
        {
            return new Reach.NoName(WhyOf(nameless));
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await WithinAsync(
                async token =>
                {
                    await socket.ConnectAsync(found, address.Port, token);
                    return true;
                },
                cancellationToken);
        }
        catch (Exception refused) when (refused is SocketException or TimeoutException)
        {
            return new Reach.NoConnection(WhyOf(refused));
        }

        return address.Scheme == Uri.UriSchemeHttps
            ? await ShakeHandsAsync(socket, address.IdnHost, cancellationToken)
            : new Reach.Open(null);
    }

    static async Task<Reach> ShakeHandsAsync(Socket socket, string host, CancellationToken cancellationToken)
    {
        DateTimeOffset? ends = null;
        using var connection = new NetworkStream(socket, ownsSocket: false);
        using var tls = new SslStream(connection, leaveInnerStreamOpen: false);
        try
        {
            await WithinAsync(
                async token =>
                {
                    await tls.AuthenticateAsClientAsync(
                        new SslClientAuthenticationOptions
                        {
                            TargetHost = host,
                            RemoteCertificateValidationCallback = (sender, certificate, chain, errors) =>
                            {
                                ends = certificate is X509Certificate2 shown ? shown.NotAfter.ToUniversalTime() : null;
                                return UntrustedCertificateException.Check(sender, certificate, chain, errors);
                            },
                        },
                        token);
                    return true;
                },
                cancellationToken);
            return new Reach.Open(ends);
        }
        catch (Exception untrusted) when (UntrustedCertificateException.In(untrusted) is { } why)
        {
            return new Reach.NotTrusted(why.Message, ends);
        }
        catch (Exception broken)
            when (broken is AuthenticationException or IOException or TimeoutException or SocketException)
        {
            return new Reach.NoTls(WhyOf(broken));
        }
    }

    static async Task<T> WithinAsync<T>(
        Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(Stretch);
        try
        {
            return await work(within.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    static Wording WhyOf(Exception fault)
    {
        var limit = Figures.Duration(Stretch);
        return fault is TimeoutException
            ? new Wording($"quá {limit} không trả lời", $"no answer within {limit}")
            : FaultWords.Of(fault);
    }
}
