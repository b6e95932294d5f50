using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Http;

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

    /// <summary>Names of the classes that are a <typeparamref name="T"/>, from the assembly of <paramref name="beside"/>.</summary>
    static IEnumerable<string> Kinds<T>(Type beside) =>
        beside.Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .Select(type => type.Name)
            .Order();
}
