using System.Globalization;

namespace SmsCampaign.Benchmarks;

/// <summary>What stands after the verb: --name value, as often as needed.</summary>
sealed class Arguments(string[] args)
{
    public string? Text(string name) =>
        Array.IndexOf(args, $"--{name}") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    public bool Has(string name) => Array.IndexOf(args, $"--{name}") >= 0;

    public int Number(string name, int otherwise) =>
        Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
