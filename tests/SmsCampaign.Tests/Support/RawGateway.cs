using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SmsCampaign.Tests.Support;

/// <summary>A gateway below HTTP: reads whole requests and does with the connection what a test asks for.</summary>
sealed class RawGateway : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly Func<int, string?> _answer;
    int _requests;

    /// <param name="answer">What to write back to the request of the given number, 1 the first; null:
    /// nothing, the connection is closed.</param>
    public RawGateway(Func<int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Url => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>Requests that arrived whole, body included.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public static string Ok(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    async Task AcceptAsync()
    {
        try
        {
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
        using var stream = client.GetStream();
        try
        {
            while (await RawRequest.ReadAsync(stream))
            {
                if (_answer(Interlocked.Increment(ref _requests)) is not { } answer)
                    return;

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        }
        catch (IOException)
        {
            // the client went away
        }
    }

    public void Dispose() => _listener.Dispose();
}

/// <summary>A request as it stands on the wire.</summary>
static class RawRequest
{
    /// <summary>Reads one, body included.</summary>
    /// <returns>False where the other side has closed the connection before it.</returns>
    public static async Task<bool> ReadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return false;

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n")
            .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            .Select(line => int.Parse(line[15..], System.Globalization.CultureInfo.InvariantCulture))
            .FirstOrDefault();
        await stream.ReadExactlyAsync(new byte[length]);
        return true;
    }
}
