using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmsCampaign.Installations;
using SmsCampaign.Receipts;
using SmsCampaign.WebConsole.Live;
using SmsCampaign.WebConsole.Pages;
using SmsCampaign.WebConsole.People;
using SmsCampaign.WebConsole.SignIn;
using SmsCampaign.WebConsole.Words;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>
/// The web pages: a server with a listener, limits and services of its own, so that nothing that goes wrong with it
/// reaches sending or receipts.
/// </summary>
public static class ConsoleServer
{
    /// <summary>Connections at a time: one that says nothing costs some kilobytes, and is no reason to keep a person
    /// out.</summary>
    const int MostConnections = 4_000;

    /// <summary>Of one address: a whole office may come through one. A proxy of ours, through which everybody comes,
    /// has all.</summary>
    const int MostOfOneAddress = 2_500;

    /// <summary>Sockets of live pages at a time: some 200 persons, each with a few pages open.</summary>
    const int MostSockets = 1_000;

    /// <summary>Bytes of a form. Files are uploaded to addresses with limits of their own.</summary>
    const long LongestForm = 2 * 1024 * 1024;

    /// <summary>Bytes that a page sends at once through its socket.</summary>
    const long LongestMessage = 128 * 1024;

    /// <summary>How often within <see cref="SignInWindow"/> an address may ask to sign in.</summary>
    internal const int MostSignIns = 30;

    static readonly TimeSpan SignInWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long a browser asks for nothing but HTTPS (RFC 6797).</summary>
    static readonly TimeSpan HttpsAlone = TimeSpan.FromDays(365);

    static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(15);

    static readonly TimeSpan Stopping = TimeSpan.FromMilliseconds(500);

    /// <summary>Name of the limit of <see cref="MostSignIns"/>.</summary>
    internal const string SignInLimit = "sign-in";

    /// <summary>Name of the same limit for forms of other pages that ask for a password: what is only looked at does
    /// not count.</summary>
    internal const string PasswordLimit = "password";

    /// <summary>Makes a server that is not started yet. The file of who may sign in is made where there is
    /// none.</summary>
    /// <param name="log">Null: nothing is logged.</param>
    /// <exception cref="IOException">The certificate cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is none.</exception>
    public static async Task<WebApplication> CreateAsync(
        ConsolePlace place, TimeProvider time, ILoggerProvider? log = null)
    {
        // No settings file and no variable of ours is read by ASP.NET: the installation file is the only one.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        ((IConfigurationManager)builder.Configuration).Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log).AddFilter("Microsoft", LogLevel.Warning)
                // That keys lie unsealed in a folder that is the account's alone is so by design.
                .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        Listen(builder, place);
        AddServices(builder.Services, place, time);

        var web = builder.Build();
        await PeopleStore.OpenAsync(web.Services);
        Use(web, place, time);
        return web;
    }

    static void Listen(WebApplicationBuilder builder, ConsolePlace place)
    {
        var certificate = place.Listen.Scheme == "https" ? ReadCertificate(place) : null;
        var shares = new ConnectionShares(MostOfOneAddress);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = MostSockets;
            kestrel.Limits.MaxRequestBodySize = LongestForm;
            kestrel.Limits.RequestHeadersTimeout = MostSilence;
            if (place.Listen.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) && place.Listen.Port != 0)
                kestrel.ListenLocalhost(place.Listen.Port, Secure);
            else
                kestrel.Listen(AddressOf(place.Listen), place.Listen.Port, Secure);

            void Secure(ListenOptions listen)
            {
                if (place.PublicAddress is null || certificate is not null)
                    listen.Use(next => connection => shares.ServeAsync(connection, next));
                if (certificate is not null)
                    listen.UseHttps(certificate);
                else
                    listen.Protocols = HttpProtocols.Http1;
            }
        });
    }

    static IPAddress AddressOf(Uri listen) =>
        IPAddress.TryParse(listen.Host.Trim('[', ']'), out var address) ? address : IPAddress.Loopback;

    static X509Certificate2 ReadCertificate(ConsolePlace place) =>
        X509Certificate2.CreateFromPemFile(place.Certificate!, place.CertificateKey);

    static void AddServices(IServiceCollection services, ConsolePlace place, TimeProvider time)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = Stopping);
        services.AddRoutingCore();
        services.AddSingleton(place);
        services.AddSingleton(place.Data);
        services.AddSingleton(time);
        services.AddSingleton(new Speech(place.Language));
        services.AddSingleton<Watchtower>();
        services.AddSingleton<Parts.Masthead>();
        services.AddSingleton<Uploads.OutcomeShelf<Uploads.ImportOutcome>>();
        services.AddSingleton<Uploads.OutcomeShelf<Uploads.ListOutcome>>();
        services.AddSingleton<Uploads.OutcomeShelf<Parts.UnmaskedCopy>>();
        services.AddSingleton<Uploads.ListReadings>();
        services.AddSingleton<Uploads.UploadGate>();
        services.AddSingleton<WorkTurn>();
        services.AddSingleton<PlanningTurn>();
        services.AddHostedService<Uploads.UploadSweep>();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All)); // else each letter with a mark is six to eight
        services.AddHttpContextAccessor();
        services.AddRazorComponents().AddInteractiveServerComponents(circuit =>
        {
            circuit.DisconnectedCircuitMaxRetained = 200;
            circuit.DetailedErrors = false;
        });
        services.Configure<Microsoft.AspNetCore.SignalR.HubOptions>(
            hub => hub.MaximumReceiveMessageSize = LongestMessage);
        services.AddCascadingAuthenticationState();
        services.AddSingleton<SessionWatch>();
        services.AddScoped<AuthenticationStateProvider, LivingSession>();
        PeopleStore.Add(services, place.Data);
        SignInCookie.Add(services, place);
        PasskeySignIn.Add(services, place);
        OpenIdSignIn.Add(services, place);
        services.AddAuthorization(rights =>
        {
            // Nothing is open by default.
            rights.FallbackPolicy = rights.DefaultPolicy =
                new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
            foreach (var right in Enum.GetValues<Right>())
                rights.AddPolicy($"{right}", policy => policy.RequireAuthenticatedUser().RequireAssertion(
                    asked => new CurrentPerson(asked.User).Grants.Any(grant => grant.Right == right)));
        });
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = place.IsSecure ? "__Host-sms-form" : "sms-form";
            forms.Cookie.Path = "/";
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = place.IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (HttpsAlone, true));
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.AddPolicy(SignInLimit, context => LimitOf(context.Connection.RemoteIpAddress));
            limits.AddPolicy(PasswordLimit, context => HttpMethods.IsPost(context.Request.Method)
                ? LimitOf(context.Connection.RemoteIpAddress)
                : RateLimitPartition.GetNoLimiter("looks"));
        });
        services.Configure<HostFilteringOptions>(hosts =>
        {
            // A name that leads here and is none of ours is how a page elsewhere would read these (DNS rebinding).
            hosts.AllowEmptyHosts = false;
            string[] ownNames = ConsoleSettings.IsOfThisMachine(place.Listen)
                ? ["localhost", "127.0.0.1", "[::1]"]
                : [place.Listen.Host];
            string[] given = place.PublicAddress is { } named ? [named.Host] : [];
            hosts.AllowedHosts = [.. ownNames, .. given];
        });
        services.Configure<ForwardedHeadersOptions>(proxy =>
            proxy.ForwardedHeaders = place.PublicAddress is null
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
    }

    /// <summary>Who has a /64 of IPv6 has as many addresses as they like.</summary>
    static RateLimitPartition<string> LimitOf(IPAddress? address) => RateLimitPartition.GetFixedWindowLimiter(
        $"{CallerAddress.OwnerOf(address)}",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = MostSignIns, Window = SignInWindow });

    static void Use(WebApplication web, ConsolePlace place, TimeProvider time)
    {
        web.UseForwardedHeaders(); // of a proxy on this machine alone
        SecurityHeaders.Use(web);
        LastPage.Use(web, place);
        web.Use(async (context, next) =>
        {
            var method = context.Request.Method; // a page that says why is got, whatever was asked
            await next();
            SignInLog.NoteAnswer(context, method);
        });
        web.UseHostFiltering();
        OwnOrigin.Use(web, place, time);
        if (place.IsSecure)
            web.UseHsts();
        web.UseExceptionHandler("/loi", createScopeForErrors: true);
        web.UseStatusCodePagesWithReExecute("/khong-co/{0}", createScopeForStatusCodePages: true);
        web.Use(async (context, next) =>
        {
            // What is said of a form that was refused is a page like another, and no form itself.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null
                || context.Features.Get<IExceptionHandlerFeature>() is not null)
            {
                await StaleForm.NoteAsync(context);
                context.Request.Method = HttpMethods.Get;
            }

            await next();

            // A form whose token is not good gets an empty answer that has a type already, by which it would be shown.
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest })
                context.Response.ContentType = null;
        });
        web.UseRouting();
        web.UseRateLimiter();
        web.UseAuthentication();
        web.UseAuthorization();
        web.UseAntiforgery();
        PageFiles.Map(web);
        SignInEndpoints.Map(web, place);
        PasskeySignIn.Map(web);
        OpenIdSignIn.Map(web, place);
        JournalEndpoint.Map(web);
        RunFiles.Map(web);
        Handbook.HandbookPictures.Map(web);
        Uploads.ResultUpload.Map(web);
        Uploads.ListUpload.Map(web);
        web.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            render => render.ContentSecurityFrameAncestorsPolicy = "'none'");
    }
}
