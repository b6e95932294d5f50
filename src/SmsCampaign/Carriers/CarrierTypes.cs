using SmsCampaign.Carriers.Esms;
using SmsCampaign.Carriers.Http;
using SmsCampaign.Carriers.MobiFone;
using SmsCampaign.Carriers.SpeedSms;
using SmsCampaign.Carriers.Twilio;
using SmsCampaign.Carriers.Viettel;
using SmsCampaign.Carriers.Vmg;
using SmsCampaign.Carriers.Vnpt;

namespace SmsCampaign.Carriers;

/// <summary>
/// Every kind of carrier the program can talk to. To add one, add its line here.
/// </summary>
public static class CarrierTypes
{
    public static readonly IReadOnlyList<CarrierType> All =
    [
        CarrierType.Of<HttpLaneOptions>("http", (options, http) => new HttpCarrier(options, http)),
        CarrierType.Of<ViettelLaneOptions>("viettel", (options, http) => new ViettelCarrier(options, http)),
        CarrierType.Of<VnptLaneOptions>("vnpt", (options, http) => new VnptCarrier(options, http)),
        CarrierType.Of<MobiFoneLaneOptions>("mobifone", (options, http) => new MobiFoneCarrier(options, http)),
        CarrierType.Of<EsmsLaneOptions>("esms", (options, http) => new EsmsCarrier(options, http)),
        CarrierType.Of<SpeedSmsLaneOptions>("speedsms", (options, http) => new SpeedSmsCarrier(options, http)),
        CarrierType.Of<VmgLaneOptions>("vmg", (options, http) => new VmgCarrier(options, http)),
        CarrierType.Of<TwilioLaneOptions>("twilio", (options, http) => new TwilioCarrier(options, http)),
    ];

    /// <returns>Null where no adapter has the name.</returns>
    public static CarrierType? Find(string name) => All.FirstOrDefault(type => type.Name == name);

    /// <summary>The adapter of a lane that was read from an installation file and checked.</summary>
    /// <param name="http">Made by <see cref="CarrierHttp.CreateSender"/>, one a lane; the caller disposes it.</param>
    public static ICarrier CreateCarrier(Lane lane, HttpMessageInvoker http) =>
        Find(lane.Options.Type)?.Create(lane.Options, http)
        ?? throw new ArgumentException($"no adapter is called '{lane.Options.Type}'", nameof(lane));
}

/// <param name="Name">What <see cref="LaneOptions.Type"/> says.</param>
/// <param name="Options">The settings class, a <see cref="LaneOptions"/>.</param>
public sealed record CarrierType(string Name, Type Options, Func<LaneOptions, HttpMessageInvoker, ICarrier> Create)
{
    public static CarrierType Of<TOptions>(string name, Func<TOptions, HttpMessageInvoker, ICarrier> create)
        where TOptions : LaneOptions, new() =>
        new(name, typeof(TOptions), (options, http) => create((TOptions)options, http));
}
