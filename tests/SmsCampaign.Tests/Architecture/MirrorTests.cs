using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Architecture;

/// <summary>Tests lie in the folders of what they test.</summary>
public sealed class MirrorTests
{
    const string Tests = "tests/SmsCampaign.Tests";
    const string Engine = "src/SmsCampaign";

    /// <summary>Folders of what belongs to no room: the documents, the whole program, and what tests share.</summary>
    static readonly string[] OfNoRoom =
        ["Architecture", "Cluster", "Documents", "EndToEnd", "Fuzz", "Histories", "Support"];

    /// <summary>Projects beside the engine, by their folder of tests.</summary>
    static readonly string[] Projects = ["App", "Simulator"];

    /// <summary>Named for what is seen there, not for a file: a lane's hand-overs.</summary>
    static readonly string[] Elsewhere = ["HandOverTests"];

    [Fact]
    public void Every_folder_of_tests_is_named_for_one_of_src()
    {
        var strange = Folders().Where(folder => !Directory.Exists(Repository.PathOf(SourceOf(folder))));

        Assert.True(
            !strange.Any(),
            $"no such room in src: "
                + $"{string.Join(", ", strange.Select(folder => $"{Tests}/{folder} (expected {SourceOf(folder)})"))}");
    }

    [Fact]
    public void Tests_named_for_a_file_of_src_lie_in_its_folder()
    {
        var sources = Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), file => Relative(Path.GetDirectoryName(file)!));
        var strange = Folders()
            .Append("")
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf($"{Tests}/{folder}"), "*Tests.cs")
                .Where(file => !Elsewhere.Contains(Path.GetFileNameWithoutExtension(file)))
                .Select(
                    file => (File: file, Sources: sources[Path.GetFileNameWithoutExtension(file)[..^"Tests".Length]]))
                .Where(test => test.Sources.Any() && !test.Sources.Contains(SourceOf(folder)))
                .Select(test => $"{Relative(test.File)} tests what lies in {string.Join(" and ", test.Sources)}"));

        Assert.True(!strange.Any(), string.Join("\n", strange));
    }

    /// <summary>An exception that is not needed any more would hide the next.</summary>
    [Fact]
    public void Every_exception_is_needed()
    {
        Assert.All(OfNoRoom, folder => Assert.True(Directory.Exists(Repository.PathOf($"{Tests}/{folder}")), folder));
        Assert.All(OfNoRoom, folder => Assert.False(Directory.Exists(Repository.PathOf($"{Engine}/{folder}")), folder));
        Assert.All(Elsewhere, name => Assert.Single(
            Directory.EnumerateFiles(Repository.PathOf(Tests), name + ".cs", SearchOption.AllDirectories)));
    }

    /// <summary>Those with code in them, from the folder of tests.</summary>
    static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Repository.PathOf(Tests), "*", SearchOption.AllDirectories)
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs").Any())
            .Select(folder => Path.GetRelativePath(Repository.PathOf(Tests), folder).Replace('\\', '/'))
            .Where(folder => !OfNoRoom.Contains(folder.Split('/')[0]));

    /// <summary>The folder of src that a folder of tests stands for.</summary>
    static string SourceOf(string folder) =>
        folder.Length == 0 ? Engine
        : Projects.Contains(folder.Split('/')[0]) ? $"{Engine}.{folder}"
        : $"{Engine}/{folder}";

    static string Relative(string path) => Path.GetRelativePath(Repository.PathOf(""), path).Replace('\\', '/');
}
