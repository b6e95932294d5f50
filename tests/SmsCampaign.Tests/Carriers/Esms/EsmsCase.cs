using System.Text.Json;
using SmsCampaign.Carriers;
using SmsCampaign.Carriers.Esms;
using SmsCampaign.Messages;

namespace SmsCampaign.Tests.Carriers.Esms;

/// <summary>The adapter of eSMS before its gateway.</summary>
public abstract class EsmsCase : CarrierCase
{
    internal const string Id = EsmsGateway.Id;

    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new EsmsGateway();

    internal static EsmsLaneOptions OptionsAt(Uri gateway) => new()
    {
        Type = "esms",
        StandIn = true,
        Carriers = ["viettel"],
        Rate = 10,
        LengthTable = LengthTable.Care,
        Url = gateway,
        ApiKey = "key-" + Secret,
        SecretKey = Secret,
        Secrets = ["key-" + Secret, Secret],
        Inquiry = new EsmsInquiryOptions(),
    };

    private protected EsmsLaneOptions Options(Uri? gateway = null) => OptionsAt(gateway ?? new Uri(Server.Url + "/"));

    internal static List<(string, string)> Fields(string json) =>
        [.. JsonDocument.Parse(json).RootElement
            .EnumerateObject()
            .Select(field => (field.Name, field.Value.GetString()!))];
}
