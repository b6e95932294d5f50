using System.Text.Json;
using SmsCampaign.Carriers;
using static SmsCampaign.Tests.Carriers.Http.HttpCase;

namespace SmsCampaign.Tests.Carriers.Http;

public class HttpCarrierTests : CarrierContract
{
    protected override LaneOptions OptionsFor(Uri gateway) => OptionsAt(gateway);

    protected override PlayedGateway Gateway { get; } = new HttpGateway();

    protected override IEnumerable<string> Broken(string leak)
    {
        var text = JsonSerializer.Serialize(leak);
        return
        [
            leak,
            text,
            $$"""{"code": {{text}}}""",
            $$"""{"code": "ok", "id": "", "x": {{text}}}""",
            $$"""{ {{text}}: 1}""",
        ];
    }
}
