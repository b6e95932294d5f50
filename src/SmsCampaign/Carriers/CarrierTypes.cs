using SmsCampaign.Carriers.Esms;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Carriers.SpeedSms;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Carriers.Vmg;
using SmsCampaign.Carriers.Vnpt;
using SmsCampaign.Files.Binding;

namespace SmsCampaign.Carriers;

/// <summary>
/// Every kind of carrier the program can talk to. To add one, add its line here; a test says what else is missing.
/// </summary>
public static class CarrierTypes
{
    public static readonly IReadOnlyList<CarrierType> All =
    [
        HttpCarrier.Type,
        ViettelCarrier.Type,
        VnptCarrier.Type,
        MobiFoneCarrier.Type,
        EsmsCarrier.Type,
        SpeedSmsCarrier.Type,
        VmgCarrier.Type,
        TwilioCarrier.Type,
    ];

    /// <returns>Null where no adapter has the name.</returns>
    public static CarrierType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The adapter of a lane that was read from an installation file and checked.</summary>
    /// <param name="http">Made by <see cref="CarrierHttp.CreateSender"/>, one a lane; the caller disposes it.</param>
    public static ICarrier CreateCarrier(Lane lane, HttpMessageInvoker http) =>
        Find(lane.Options.Type)?.Create(lane.Options, http)
        ?? throw new ArgumentException($"no adapter is called '{lane.Options.Type}'", nameof(lane));
}

/// <summary>The kinds of lane are those of carriers.</summary>
sealed class LaneTypesAttribute() : VariantsAttribute("type")
{
    public override IEnumerable<(string Name, Type Settings)> Kinds =>
        CarrierTypes.All.Select(type => (type.Name, type.Options));
}

/// <summary>A kind of carrier: a folder here, one of tests, and a page.</summary>
/// <param name="Name">What <see cref="LaneOptions.Type"/> says.</param>
/// <param name="Options">The settings class, a <see cref="LaneOptions"/>.</param>
public sealed record CarrierType(string Name, Type Options, Func<LaneOptions, HttpMessageInvoker, ICarrier> Create)
{
    /// <summary>Domains of its gateways that reach real phones, as far as documents name them: no
    /// stand-in is there.</summary>
    public IReadOnlyList<string> LiveHosts { get; init; } = [];

    /// <summary>Files of the repository with whole lanes that can be copied, beside the examples on its page.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The file of the repository that says what to ask the carrier for and what is
    /// known of its gateway.</summary>
    public string Page => $"config/gateways/{Name}.md";

    public static CarrierType Of<TOptions>(string name, Func<TOptions, HttpMessageInvoker, ICarrier> create)
        where TOptions : LaneOptions, new() =>
        new(name, typeof(TOptions), (options, http) => create((TOptions)options, http));
}
