using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmsCampaign.Installations;

namespace SmsCampaign.Tests.WebConsole.SignIn;

/// <summary>An identity provider on this machine: whoever asks is who the test says.</summary>
sealed class FakeProvider : IAsyncDisposable
{
    const string ClientId = "sms-campaign";
    const string ClientSecret = "bí mật của phép thử";

    readonly RSA _key = RSA.Create(2048);
    readonly WebApplication _web;

    /// <summary>What was asked for, by the code that was given out.</summary>
    readonly ConcurrentDictionary<string, (string Nonce, string Challenge, string Back)> _codes = [];

    FakeProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _web = builder.Build();
        _web.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Claims.GetValueOrDefault("iss", Issuer),
            ["authorization_endpoint"] = $"{Issuer}/authorize",
            ["token_endpoint"] = $"{Issuer}/token",
            ["jwks_uri"] = $"{Issuer}/jwks",
            ["response_types_supported"] = (List<string>)["code"],
            ["subject_types_supported"] = (List<string>)["public"],
            ["id_token_signing_alg_values_supported"] = (List<string>)["RS256"],
        }));
        _web.MapGet("/jwks", () => Results.Json(new { keys = new[] { Published() } }));
        _web.MapGet("/authorize", Authorize);
        _web.MapPost("/token", (Delegate)AnswerAsync);
    }

    public string Issuer => _web.Urls.First();

    public OpenIdSettings Settings => new()
    {
        Authority = new Uri(Issuer),
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Label = "Đăng nhập của tỉnh",
    };

    /// <summary>What the token says beside what it has to, or otherwise.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["preferred_username"] = "an" };

    /// <summary>Another than the one that is published.</summary>
    public bool SignsWithAnotherKey { get; set; }

    public bool SignsNothing { get; set; }

    /// <summary>Whether it gives no token out.</summary>
    public bool IsBroken { get; set; }

    public static async Task<FakeProvider> StartAsync()
    {
        var provider = new FakeProvider();
        await provider._web.StartAsync();
        return provider;
    }

    public Task StopAsync() => _web.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _key.Dispose();
    }

    /// <summary>OpenID Connect Core 1.0, 3.1.2.</summary>
    IResult Authorize(HttpContext context)
    {
        var asked = context.Request.Query;
        Assert.Equal("code", asked["response_type"]);
        Assert.Equal(ClientId, asked["client_id"]);
        Assert.Equal("S256", asked["code_challenge_method"]);
        Assert.Contains("openid", $"{asked["scope"]}".Split(' '));
        var code = Guid.NewGuid().ToString("N");
        var back = $"{asked["redirect_uri"]}";
        _codes[code] = ($"{asked["nonce"]}", $"{asked["code_challenge"]}", back);
        return Results.Redirect($"{back}?code={code}&state={Uri.EscapeDataString($"{asked["state"]}")}");
    }

    /// <summary>OpenID Connect Core 1.0, 3.1.3, and RFC 7636, 4.6.</summary>
    async Task<IResult> AnswerAsync(HttpContext context)
    {
        var asked = await context.Request.ReadFormAsync();
        if (IsBroken)
            return Results.StatusCode(StatusCodes.Status500InternalServerError);
        if (!_codes.TryRemove($"{asked["code"]}", out var given)
            || asked["client_secret"] != ClientSecret
            || asked["redirect_uri"] != given.Back
            || Encode(SHA256.HashData(Encoding.ASCII.GetBytes($"{asked["code_verifier"]}"))) != given.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);

        return Results.Json(new
        {
            access_token = "a",
            token_type = "Bearer",
            expires_in = 60,
            id_token = TokenOf(given.Nonce),
        });
    }

    string TokenOf(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = "7",
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = nonce,
        };
        foreach (var (name, value) in Claims)
            claims[name] = value;
        var head = new Dictionary<string, object> { ["alg"] = SignsNothing ? "none" : "RS256", ["typ"] = "JWT" };
        if (!SignsNothing)
            head["kid"] = "k";
        var text = $"{Written(head)}.{Written(claims)}";
        if (SignsNothing)
            return text + ".";

        using var other = RSA.Create(2048);
        var signature = (SignsWithAnotherKey ? other : _key).SignData(
            Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Encode(signature)}";
    }

    /// <summary>RFC 7517.</summary>
    Dictionary<string, string> Published()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = "k",
            ["n"] = Encode(key.Modulus!),
            ["e"] = Encode(key.Exponent!),
        };
    }

    static string Written(Dictionary<string, object> part) => Encode(JsonSerializer.SerializeToUtf8Bytes(part));

    static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
