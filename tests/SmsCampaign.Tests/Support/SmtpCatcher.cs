using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Net;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace SmsCampaign.Tests.Support;

/// <summary>A mail server on loopback that keeps what it takes.</summary>
sealed class SmtpCatcher : IAsyncDisposable
{
    public const string Password = "mat-khau-thu";

    readonly ConcurrentQueue<MimeMessage> _mails = new();
    readonly CancellationTokenSource _stop = new();
    readonly TaskCompletionSource<MimeMessage> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _running;

    SmtpCatcher(IReadOnlyList<string> refused, X509Certificate2? certificate, Action<int> told)
    {
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, 0)).AllowUnsecureAuthentication(true);
                if (certificate is not null)
                    endpoint.Certificate(certificate);
            })
            .Build();
        var services = new ServiceProvider();
        var parts = new Parts(_mails, _first, refused);
        services.Add((IMessageStoreFactory)parts);
        services.Add((IMailboxFilterFactory)parts);
        services.Add((IUserAuthenticatorFactory)parts);
        services.Add(new Listening(told));
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stop.Token);
    }

    public int Port { get; private set; }

    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    /// <summary>Ends when the first comes.</summary>
    public Task<MimeMessage> First => _first.Task;

    /// <summary>The texts of what came, the first first.</summary>
    public IReadOnlyList<string> Subjects => [.. _mails.Select(mail => mail.Subject ?? "")];

    /// <param name="refused">Addresses that are not taken.</param>
    /// <param name="certificate">Null: without STARTTLS.</param>
    public static async Task<SmtpCatcher> StartAsync(
        IReadOnlyList<string>? refused = null, X509Certificate2? certificate = null)
    {
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var catcher = new SmtpCatcher(refused ?? [], certificate, told => port.TrySetResult(told));
        catcher.Port = await port.Task.WaitAsync(Patience.ForAnything);
        return catcher;
    }

    /// <summary>One that nobody trusts, for localhost.</summary>
    public static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(130));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    sealed class Listening(Action<int> told) : EndpointListenerFactory
    {
        protected override void OnEndpointStarted(EndpointEventArgs args) =>
            told(((IPEndPoint)args.LocalEndPoint).Port);
    }

    sealed class Parts(
        ConcurrentQueue<MimeMessage> mails, TaskCompletionSource<MimeMessage> first, IReadOnlyList<string> refused)
        : MessageStore, IMessageStoreFactory, IMailboxFilterFactory, IMailboxFilter, IUserAuthenticatorFactory,
            IUserAuthenticator
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            var mail = MimeMessage.Load(stream, cancellationToken);
            mails.Enqueue(mail);
            first.TrySetResult(mail);
            return Task.FromResult(SmtpResponse.Ok);
        }

        public Task<bool> CanAcceptFromAsync(
            ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
            Task.FromResult(true);

        public Task<bool> CanDeliverToAsync(
            ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!refused.Contains(to.AsAddress()));

        public Task<bool> AuthenticateAsync(
            ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(password == Password);

        IMessageStore ISessionContextInstanceFactory<IMessageStore>.CreateInstance(ISessionContext context) => this;

        IMailboxFilter ISessionContextInstanceFactory<IMailboxFilter>.CreateInstance(ISessionContext context) => this;

        IUserAuthenticator ISessionContextInstanceFactory<IUserAuthenticator>.CreateInstance(
            ISessionContext context) => this;
    }
}
