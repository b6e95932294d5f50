using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace SmsCampaign.Tests.Support;

/// <summary>
/// The notices that the packages in the program ask for, written from what was restored for it and from
/// each package's own nuspec.
/// </summary>
static class PackageNotices
{
    const string Assets = ".artifacts/obj/SmsCampaign.App/project.assets.json";

    /// <summary>Assets of a package that end up in the program; analyzers have none of them.</summary>
    static readonly string[] Shipped = ["runtime", "runtimeTargets", "native", "dependencies"];

    /// <summary>Licenses that a package names by the address of their text only: what it is.</summary>
    static readonly Dictionary<string, string> KnownAddresses = new()
    {
        ["https://github.com/twilio/twilio-csharp/blob/HEAD/LICENSE"] = "MIT",
    };

    public static string Write()
    {
        var notices = new StringBuilder("""
            THIRD-PARTY NOTICES

            SmsCampaign contains the packages below, each under its own license. The text of a license named by its SPDX
            identifier lies in the folder licenses beside this file. SQLite itself (in SQLitePCLRaw.lib.e_sqlite3) is in the
            public domain.

            Written from what is restored for src/SmsCampaign.App by
              UPDATE_NOTICES=1 dotnet test --filter ThirdPartyNoticesTests

            """);
        foreach (var package in Read())
        {
            notices.Append('\n').Append(package.Name).Append(' ').Append(package.Version).Append('\n');
            Append("License", package.License);
            Append("Copyright", package.Copyright);
            Append("Authors", package.Authors);
            Append("Source", package.Source);
            if (package.Text is { } text)
                notices
                    .Append('\n')
                    .Append(string.Join(
                        '\n', text.Trim().ReplaceLineEndings("\n").Split('\n').Select(line => $"    {line}".TrimEnd())))
                    .Append('\n');
        }

        return notices.ToString();

        void Append(string what, string? said)
        {
            if (!string.IsNullOrWhiteSpace(said))
                notices.Append("  ").Append(what).Append(": ").Append(said.ReplaceLineEndings(" ").Trim()).Append('\n');
        }
    }

    public static IReadOnlyList<Package> Read()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(Assets)));
        var folder = assets.RootElement.GetProperty("packageFolders").EnumerateObject().First().Name;
        var target = assets.RootElement.GetProperty("targets").EnumerateObject().First().Value;
        return
        [
            .. from library in assets.RootElement.GetProperty("libraries").EnumerateObject()
               where library.Value.GetProperty("type").GetString() == "package"
               where Shipped.Any(asset => target.GetProperty(library.Name).TryGetProperty(asset, out _))
               orderby library.Name.ToUpperInvariant()
               select ReadPackage(Path.Combine(folder, library.Value.GetProperty("path").GetString()!)),
        ];
    }

    static Package ReadPackage(string folder)
    {
        var nuspec = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single());
        var space = nuspec.Root!.Name.Namespace;
        var metadata = nuspec.Root.Element(space + "metadata")!;
        var license = metadata.Element(space + "license");
        var isFile = license?.Attribute("type")?.Value == "file";
        return new Package(
            Of("id")!, Of("version")!, isFile ? "its own, below" : license?.Value ?? Identify(Of("licenseUrl")))
        {
            Copyright = Of("copyright"),
            Authors = Of("authors"),
            Source = metadata.Element(space + "repository")?.Attribute("url")?.Value ?? Of("projectUrl"),
            Text = isFile ? File.ReadAllText(Path.Combine(folder, license!.Value)) : null,
        };

        string? Of(string name) => metadata.Element(space + name)?.Value;

        static string? Identify(string? address) =>
            address is null ? null : KnownAddresses.GetValueOrDefault(address, address);
    }

    /// <param name="License">SPDX identifier, or where to find it; null where the package says nothing.</param>
    public sealed record Package(string Name, string Version, string? License)
    {
        public string? Copyright { get; init; }

        public string? Authors { get; init; }

        public string? Source { get; init; }

        /// <summary>The license where it is the package's own; else null.</summary>
        public string? Text { get; init; }
    }
}
