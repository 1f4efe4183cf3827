"""Lists the files of a blob container, through the Airflow connection that Azure Identity for Airflow writes."""

from airflow.providers.microsoft.azure.hooks.wasb import WasbHook
from airflow.sdk import dag, task
from pendulum import datetime


@dag(start_date=datetime(2026, 1, 1), schedule="@daily", catchup=False, tags=["azure"])
def list_container():
    @task
    def list_files() -> list[str]:
        return WasbHook(wasb_conn_id="azure_default").get_blobs_list(container_name="landing")

    list_files()


list_container()
