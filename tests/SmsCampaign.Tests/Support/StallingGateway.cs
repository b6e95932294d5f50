using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>Where a connection stays before it stands.</summary>
public enum Stall
{
    /// <summary>Before the TCP connection.</summary>
    Connecting,

    /// <summary>In the TLS handshake.</summary>
    Handshake,

    /// <summary>It stands, without TLS, and is not taken up by the gateway.</summary>
    TakingUp,
}

/// <summary>A gateway over TLS, with a certificate that only <see cref="Stalling"/> trusts, whose connections are held
/// up until <see cref="EndStall"/>. It accepts every message.</summary>
sealed class StallingGateway : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly X509Certificate2 _certificate = SelfMade();
    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<long> _arrived = [];
    readonly Stall _stall;
    readonly TimeProvider _time;

    public StallingGateway(Stall stall, TimeProvider time)
    {
        (_stall, _time) = (stall, time);
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"{(_stall == Stall.TakingUp ? "http" : "https")}://{_listener.LocalEndpoint}/");

    /// <summary>When each request had arrived whole, microseconds, the first first.</summary>
    public IReadOnlyList<long> Arrived
    {
        get
        {
            lock (_arrived)
                return [.. _arrived.Order()];
        }
    }

    /// <summary>Makes a lane's handler trust this gateway, and wait where it is to wait before it connects.</summary>
    public SocketsHttpHandler Stalling(SocketsHttpHandler handler)
    {
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            _certificate.Equals(certificate);
        if (_stall == Stall.Connecting)
        {
            var connect = handler.ConnectCallback!;
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                await _over.Task.WaitAsync(cancellationToken);
                return await connect(context, cancellationToken);
            };
        }

        return handler;
    }

    public void EndStall() => _over.TrySetResult();

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            if (_stall == Stall.TakingUp)
                await _over.Task;
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // disposed: the test is over
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = await OpenAsync(client);
            while (await RawRequest.ReadAsync(stream))
            {
                lock (_arrived)
                    _arrived.Add(ProcessClock.ToMicros(_time.GetUtcNow()));
                await stream.WriteAsync(Encoding.ASCII.GetBytes(RawGateway.Ok("""{"code": "ok", "id": "1"}""")));
            }
        }
        catch (IOException)
        {
            // the client went away
        }
    }

    async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_stall == Stall.TakingUp)
            return client.GetStream();
        if (_stall == Stall.Handshake)
            await _over.Task;

        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        return stream;
    }

    static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
