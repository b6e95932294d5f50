using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SmsCampaign.WebConsole.Serving;

namespace SmsCampaign.WebConsole.Handbook;

/// <summary>The pictures of the handbook, out of the assembly.</summary>
static class HandbookPictures
{
    const string Folder = "/huong-dan/hinh";
    const string Prefix = "hinh/";
    const string PhotographEnd = ".jpg";

    static readonly FrozenSet<string> Names = typeof(HandbookPictures).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..])
        .ToFrozenSet();

    public static bool Has(string name) => Names.Contains(name);

    public static string PathOf(string name) => $"{Folder}/{name}";

    public static void Map(IEndpointRouteBuilder web) => web
        .MapGet(Folder + "/{name}", (string name) => Has(name)
            ? Results.Stream(
                typeof(HandbookPictures).Assembly.GetManifestResourceStream(Prefix + name)!,
                name.EndsWith(PhotographEnd, StringComparison.Ordinal) ? "image/jpeg" : RunFiles.DrawingType)
            : Results.NotFound())
        .RequireAuthorization();
}
