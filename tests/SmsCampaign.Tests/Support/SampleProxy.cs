using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SmsCampaign.Tests.Support;

/// <summary>A proxy of config/proxy as it is given, as a process of its own on a free port: only places and names are
/// those of the test.</summary>
sealed class SampleProxy : IAsyncDisposable
{
    readonly TempFolder _folder = new();
    Process? _process;

    /// <summary>Where it listens, once it is started.</summary>
    public int Port { get; } = FindFreePort();

    /// <summary>Starts nginx, over TLS.</summary>
    /// <param name="sample">Its file.</param>
    /// <param name="name">Of the sample's server.</param>
    /// <param name="given">Where the sample leads to, as it is given.</param>
    /// <param name="upstream">Where it is to lead to.</param>
    public Task StartNginxAsync(string sample, string name, string given, string upstream)
    {
        WriteCertificate();
        var log = sample.Contains("console", StringComparison.Ordinal) ? "sms-campaign-console" : "sms-campaign";
        var site = Sample.Take(sample)
            .Put("listen 443 ssl;", $"listen 127.0.0.1:{Port} ssl;")
            .Put($"/etc/letsencrypt/live/{name}/fullchain.pem", Certificate)
            .Put($"/etc/letsencrypt/live/{name}/privkey.pem", Key)
            .Put($"/var/log/nginx/{log}.log", _folder.File("access.log"))
            .Put($"/var/log/nginx/{log}.error.log", _folder.File("error.log"))
            .Put(given, upstream);
        var main = $"pid {_folder.File("pid")}; daemon off; error_log {_folder.File("main.log")};\nevents {{ }}\n"
            + $"http {{ client_body_temp_path {_folder.File("body")}; proxy_temp_path {_folder.File("proxy")};\n"
            + $"fastcgi_temp_path {_folder.File("f")}; uwsgi_temp_path {_folder.File("u")};\n"
            + $"scgi_temp_path {_folder.File("s")};\n{site.Text} }}";
        return StartAsync("nginx", "-p", _folder.Path, "-c", _folder.Write("nginx.conf", main));
    }

    /// <summary>Starts Caddy.</summary>
    /// <param name="secure">Whether over TLS.</param>
    public Task StartCaddyAsync(string sample, string name, string given, string upstream, bool secure)
    {
        WriteCertificate();
        var site = Sample.Take(sample)
            .Put(
                $"\n{name} {{",
                secure
                    ? $"\nhttps://127.0.0.1:{Port} {{\n\ttls {Certificate} {Key}"
                    : $"\nhttp://127.0.0.1:{Port} {{")
            .Put("\n{\n", "\n{\n\tadmin off\n\tauto_https disable_redirects\n")
            .Put(given, upstream);
        return StartAsync(
            "caddy", "run", "--adapter", "caddyfile", "--config", _folder.Write("Caddyfile", site.Text));
    }

    /// <returns>All that it logged.</returns>
    public async Task<string> StopAsync()
    {
        var told = _process!.StandardError.ReadToEndAsync();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        var logs = Directory.EnumerateFiles(_folder.Path, "*.log").Select(File.ReadAllText);
        return string.Concat([await told, .. logs]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    string Certificate => _folder.File("certificate.pem");

    string Key => _folder.File("key.pem");

    async Task StartAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
        start.Environment["XDG_DATA_HOME"] = start.Environment["XDG_CONFIG_HOME"] = _folder.Path;
        _process = Process.Start(start)!;
        while (!_process.HasExited)
        {
            using var tried = new TcpClient();
            try
            {
                await tried.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }
        }

        throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
    }

    void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _folder.Write("certificate.pem", certificate.ExportCertificatePem());
        _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
    }

    static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    sealed record Sample(string Text)
    {
        public static Sample Take(string path) => new(File.ReadAllText(Repository.PathOf(path)));

        /// <summary>What a line marked in the sample is for must be there.</summary>
        public Sample Put(string given, string own)
        {
            Assert.Contains(given, Text);
            return new Sample(Text.Replace(given, own));
        }
    }
}
