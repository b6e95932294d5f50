using System.Reflection;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Tests.Support;

namespace SmsCampaign.Tests.Carriers;

public class CarrierTypesTests
{
    [Fact]
    public void Every_carrier_in_the_source_is_registered() =>
        Assert.Equal(
            Kinds<LaneOptions>(typeof(LaneOptions)),
            CarrierTypes.All.Select(type => type.Options.Name).Order());

    [Fact]
    public void Every_carrier_is_held_to_the_contract() =>
        Assert.Equal(
            Kinds<ICarrier>(typeof(ICarrier)).Select(name => name + "Tests"),
            Kinds<CarrierContract>(typeof(CarrierTypesTests)));

    [Fact]
    public void There_are_carriers_to_guard() => // a guard that finds nothing guards nothing
        Assert.Contains(nameof(HttpCarrier), Kinds<ICarrier>(typeof(ICarrier)));

    [Fact]
    public void Names_are_told_apart() =>
        Assert.Equal(CarrierTypes.All.Count, CarrierTypes.All.Select(type => type.Name).Distinct().Count());

    /// <summary>A carrier is a folder, a folder of tests with its gateway as it is played, a line and a page.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void Of_every_carrier_all_is_there(string type)
    {
        var kind = CarrierTypes.Find(type)!;
        var folder = kind.Options.Namespace!.Split('.')[^1];
        var name = kind.Options.Name.Replace("LaneOptions", "", StringComparison.Ordinal);

        Assert.Equal(folder, name);
        Assert.True(
            File.Exists(Repository.PathOf($"src/SmsCampaign/Carriers/{folder}/{name}Carrier.cs")),
            $"src/SmsCampaign/Carriers/{folder} has no {name}Carrier.cs");
        Assert.True(
            File.Exists(Repository.PathOf($"tests/SmsCampaign.Tests/Carriers/{folder}/{name}CarrierTests.cs")),
            $"no tests in tests/SmsCampaign.Tests/Carriers/{folder}");
        Assert.True(
            PlayedGateway.All().ContainsKey(type),
            $"no {name}Gateway in tests/SmsCampaign.Tests/Carriers/{folder} plays '{type}'");
        Assert.True(File.Exists(Repository.PathOf(kind.Page)), $"{kind.Page} is not there");
        Assert.NotEmpty(kind.LiveHosts);
        Assert.All(
            kind.Examples, example => Assert.True(File.Exists(Repository.PathOf(example)), $"{example} is not there"));
    }

    /// <summary>What the adapter can do, the rest of the program asks its settings for: a callback of a lane whose
    /// settings do not tell of callbacks is refused as a stranger's.</summary>
    [Theory]
    [MemberData(nameof(Types))]
    public void What_a_carrier_can_do_its_settings_tell(string type)
    {
        var options = CarrierTypes.Find(type)!.Options;
        var carrier = options.Assembly.GetType(
            options.FullName!.Replace("LaneOptions", "Carrier", StringComparison.Ordinal))!;

        foreach (var (can, tells) in new[]
        {
            (typeof(IReceiptSource), "TakesCallbacks"),
            (typeof(ISignedReceipts), "SignsCallbacks"),
            (typeof(IReceiptQuery), "Asking"),
        })
        {
            var told =
                options.GetProperty(tells, BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType == options;
            Assert.True(
                carrier.IsAssignableTo(can) == told,
                told ? $"{options.Name}.{tells} is overridden, and {carrier.Name} is no {can.Name}"
                    : $"{carrier.Name} is an {can.Name}: {options.Name} must override {tells}");
        }
    }

    [Fact]
    public void No_folder_of_a_carrier_is_without_its_line() => Assert.Equal(
        CarrierTypes.All.Select(type => type.Options.Namespace!.Split('.')[^1]).Order(StringComparer.Ordinal),
        Directory.EnumerateDirectories(Repository.PathOf("src/SmsCampaign/Carriers"))
            .Select(folder => Path.GetFileName(folder)!)
            .Where(folder =>
                Directory.EnumerateFiles(Repository.PathOf($"src/SmsCampaign/Carriers/{folder}"), "*Carrier.cs").Any())
            .Order(StringComparer.Ordinal));

    /// <summary>What an adapter brings with it must be named to those who get the program.</summary>
    [Fact]
    public void Every_package_that_a_carrier_uses_is_in_the_notices()
    {
        var notices = File.ReadAllText(Repository.PathOf("config/THIRD-PARTY-NOTICES.txt"));
        var packages = PackageNotices.Read().Select(package => package.Name).ToList();
        var used = CarrierTypes.All
            .SelectMany(type => Directory.EnumerateFiles(
                Repository.PathOf($"src/SmsCampaign/Carriers/{type.Options.Namespace!.Split('.')[^1]}"), "*.cs"))
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("using ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', '.', ';')[1])
            .Distinct();

        foreach (var name in packages.Where(package => used.Contains(package.Split('.')[0])))
            Assert.Contains($"\n{name} ", notices, StringComparison.Ordinal);
        Assert.Contains("Twilio", used);
    }

    public static TheoryData<string> Types => [.. CarrierTypes.All.Select(type => type.Name)];

    /// <summary>Names of the classes that are a <typeparamref name="T"/>, from the assembly of
    /// <paramref name="beside"/>.</summary>
    static IEnumerable<string> Kinds<T>(Type beside) =>
        beside.Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .Select(type => type.Name)
            .Order();
}
