using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace SmsCampaign.WebConsole.Serving;

/// <summary>
/// Stylesheet and scripts of the pages, out of the assembly: under a name that changes with their content, so that a
/// browser keeps them for good and never has an old one, and compressed once a process.
/// </summary>
/// <remarks>MapStaticAssets would read a manifest and files beside the program, which a test or a program in one file
/// has not.</remarks>
static class PageFiles
{
    const string Folder = "/tai-san";

    static readonly FrozenDictionary<string, Asset> All =
        new[] { "console.css", "khoi-dong.js", "soan.js", "danh-sach.js", "passkey.js", "blazor.web.js" }
            .ToFrozenDictionary(name => name, Read);

    static readonly FrozenDictionary<string, Asset> ByFile = All.Values.ToFrozenDictionary(asset => asset.File);

    /// <summary>As a page names it.</summary>
    public static string PathOf(string name) => $"{Folder}/{All[name].File}";

    public static void Map(IEndpointRouteBuilder web) =>
        web.MapGet(Folder + "/{file}", AnswerAsync).AllowAnonymous().DisableRateLimiting();

    static async Task AnswerAsync(HttpContext context, string file)
    {
        if (ByFile.GetValueOrDefault(file) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        context.Response.ContentType = asset.Type;
        var takesBrotli = context.Request.Headers.AcceptEncoding
            .SelectMany(value => (value ?? "").Split(','))
            .Any(coding => coding.Trim() == "br");
        if (takesBrotli)
            headers.ContentEncoding = "br";
        var bytes = takesBrotli ? asset.Brotli : asset.Plain;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    static Asset Read(string name)
    {
        using var resource = typeof(PageFiles).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var plain = new MemoryStream();
        resource.CopyTo(plain);
        using var small = new MemoryStream();
        using (var brotli = new BrotliStream(small, CompressionLevel.Optimal, leaveOpen: true))
            brotli.Write(plain.GetBuffer().AsSpan(0, (int)plain.Length));
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain.GetBuffer().AsSpan(0, (int)plain.Length)))[..12];
        var dot = name.LastIndexOf('.');
        return new Asset(
            $"{name[..dot]}.{hash}{name[dot..]}",
            name.EndsWith(".css", StringComparison.Ordinal)
                ? "text/css; charset=utf-8"
                : "text/javascript; charset=utf-8",
            plain.ToArray(),
            small.ToArray());
    }

    /// <param name="File">Its name with a part of the hash of its content.</param>
    sealed record Asset(string File, string Type, byte[] Plain, byte[] Brotli);
}
