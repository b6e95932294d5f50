using System.Globalization;
using SmsCampaign.Campaigns;
using SmsCampaign.Files.Binding;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SmsCampaign.Tests.Campaigns;

/// <summary>What a key is declared to be is what its reader takes.</summary>
public sealed class CampaignKeysTests : IDisposable
{
    /// <summary>The keys without which there is no campaign, and no other.</summary>
    const string Shortest =
        """
        id: thu-nghiem
        title: Tin thử
        mode: exercise
        directive: { issuer: UBND tỉnh, reportTo: Công an tỉnh, reportBy: 2025-09-30 }
        sender: CHINH PHU
        messages: [{ name: chinh, text: Toàn dân }]
        schedule: { date: 2025-07-30, window: { from: "08:00", to: "20:00" }, missed: hold, leftovers: hold }
        segments: [{ name: toan-tinh, file: subscribers.csv, message: chinh }]
        lanes: [viettel]

        """;

    readonly CampaignFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_a_file_that_does_not_say_it_a_value_is_the_declared_default()
    {
        var values = CampaignKey.ValuesOf(_folder.Read(Shortest).Campaign!)
            .Where(value => value.Declared.Default is not null)
            .ToList();

        Assert.Equal(
            Keys(CampaignKeys.Root, "").Where(key => key.Key.Default is not null).Select(key => key.Path),
            values.Select(value => value.Path));
        Assert.All(values, value => Assert.Equal((value.Key, value.Declared.Default), (value.Key, value.Value)));
    }

    public static TheoryData<string> Numbers() =>
        [.. Keys(CampaignKeys.Root, "").Where(key => key.Key.Kind == KeyKind.Number).Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_taken_within_its_declared_range_and_refused_beyond_it(string path)
    {
        var key = Keys(CampaignKeys.Root, "").Single(key => key.Path == path).Key;

        foreach (var within in new[] { key.Least, key.Most!.Value })
        {
            var campaign = _folder.Read(With(path, within)).Campaign!;
            Assert.Equal(
                within.ToString(CultureInfo.InvariantCulture),
                CampaignKey.ValuesOf(campaign).Single(value => value.Path == path).Value);
        }

        foreach (var beyond in new[] { key.Least - 1, key.Most.Value + 1 })
        {
            var reading = _folder.Read(With(path, beyond));
            Assert.Null(reading.Campaign);
            var problem = Assert.Single(reading.Problems, problem => problem.Severity == Severity.Error);
            Assert.Equal(path.Replace("segments.", "segments[1].", StringComparison.Ordinal), problem.Where!.Key);
            Assert.Contains($"{key.Least} to {key.Most}", problem.What.En, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string> Bounded() =>
        [.. Keys(CampaignKeys.Root, "")
            .Where(key => key.Key is { Kind: KeyKind.Text, Pattern: not null })
            .Select(key => key.Path)];

    /// <summary>A pattern is for the schema; that the file is held to it too is for the
    /// reader of its section.</summary>
    [Theory]
    [MemberData(nameof(Bounded))]
    public void A_text_that_does_not_fit_its_declared_pattern_is_refused_where_it_stands(string path)
    {
        const string unfit = "#?#";
        Assert.DoesNotMatch($"^({Keys(CampaignKeys.Root, "").Single(key => key.Path == path).Key.Pattern})$", unfit);

        var reading = _folder.Read(With(path, unfit));

        var place = path
            .Replace("messages.", "messages[1].", StringComparison.Ordinal)
            .Replace("segments.", "segments[1].", StringComparison.Ordinal);
        Assert.True(
            reading.Problems.Any(problem => problem.Severity == Severity.Error && problem.Where?.Key == place),
            $"the schema refuses '{unfit}' for {path}, and its reader says: "
                + $"{string.Join("; ", reading.Problems.Select(problem => problem.What.En))}");
    }

    public static TheoryData<string> Reported() =>
    [
        .. Keys(CampaignKeys.Root, "")
            .Where(key => key.Key is { Kind: KeyKind.Text, Pattern: null })
            .Select(key => key.Path)
            .Where(path => path == "title" || path.StartsWith("directive.", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Reported))]
    public void Words_of_a_report_that_nobody_could_read_are_refused_where_they_stand(string path) => Assert.Contains(
        _folder.Read(With(path, "C\ufffdng an")).Problems,
        problem => problem.Severity == Severity.Error && problem.Where?.Key == path);

    [Fact]
    public void An_example_is_one_that_can_stand_there() => Assert.All(Keys(CampaignKeys.Root, ""), each =>
    {
        if (each.Key is { Example: { } example, Pattern: { } pattern })
            Assert.Matches($"^({pattern})$", example.Trim('"'));
        if (each.Key is { Example: { } word, Kind: KeyKind.Choice })
            Assert.Contains(word, each.Key.Choices);
    });

    /// <summary>An approval is void once a value is another: all of them are shown, and so hashed.</summary>
    [Fact]
    public void Every_key_says_where_its_value_is()
    {
        // Shown with another: the name in the path of what it names, the day of every year where a date would be.
        string[] shown = ["messages.name", "segments.name", "schedule.yearly"];

        var blind = Keys(CampaignKeys.Root, "")
            .Where(each => each.Key is { Keys.Count: 0 } and CampaignKey { Value: null, Items: null })
            .Select(each => each.Path);

        Assert.Equal(shown.Order(), blind.Order());
    }

    static IEnumerable<(string Path, FileKey Key)> Keys(FileKey inside, string prefix) =>
        inside.Keys.SelectMany(key => Keys(key, $"{prefix}{key.Name}.").Prepend((prefix + key.Name, key)));

    /// <summary>The shortest file with another value of a key, or with the key more.</summary>
    static string With(string path, string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(IsOfHeld(path) ? Held : Shortest));
        var node = yaml.Documents[0].RootNode;
        var names = path.Split('.');
        foreach (var name in names[..^1])
            node = node[name] is YamlSequenceNode list ? list[0] : node[name];
        var map = (YamlMappingNode)node;
        if (path == "schedule.yearly") // one of the two
            map.Children.Remove("date");
        map.Children[names[^1]] = new YamlScalarNode(text) { Style = ScalarStyle.DoubleQuoted };

        using var written = new StringWriter();
        yaml.Save(written, assignAnchors: false);
        return written.ToString().Replace("...", "", StringComparison.Ordinal);
    }

    /// <summary>The same of a segment that a carrier holds.</summary>
    static string Held => Shortest.Replace(
        "file: subscribers.csv",
        "heldBy: viettel, areas: [a], estimate: 5, acknowledgeBy: 1/7/2025, reportBy: 1/9/2025",
        StringComparison.Ordinal);

    static bool IsOfHeld(string path) => HeldKeys.All.Any(key => path == "segments." + key.Name);

    static string With(string path, long number) => path.Split('.') switch
    {
        ["segments", _] when IsOfHeld(path) =>
            Held.Replace("estimate: 5", $"estimate: {number}", StringComparison.Ordinal),
        ["segments", var key] =>
            Shortest.Replace("message: chinh }", $"message: chinh, {key}: {number} }}", StringComparison.Ordinal),
        [var section, var key] => Shortest + $"{section}: {{ {key}: {number} }}\n",
        _ => Shortest + $"{path}: {number}\n",
    };
}
